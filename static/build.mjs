// Builds static/build/ from the locked npm packages: one stylesheet and one script module.
// Nothing third-party is committed; the same packages give the same bytes.
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { compile } from 'sass'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const source = join(root, 'static', 'src')
const target = join(root, 'static', 'build')
const govuk = join(root, 'node_modules', 'govuk-frontend', 'dist', 'govuk')
const moj = join(root, 'node_modules', '@ministryofjustice', 'frontend', 'moj')

// MoJ Frontend looks for "node_modules/govuk-frontend", so the root itself is a load path.
const { css } = compile(join(source, 'app.scss'), {
  loadPaths: [root, join(root, 'node_modules')],
  style: 'compressed',
  quietDeps: true,
  sourceMap: false
})
for (const forbidden of ['GDS Transport', '@font-face', 'crest', 'logotype']) {
  if (css.includes(forbidden)) throw new Error(`${forbidden} is for government services only`)
}

// Only now: a mistake in the source leaves the last good build standing.
await rm(target, { recursive: true, force: true })
await mkdir(join(target, 'images'), { recursive: true })
await writeFile(join(target, 'app.css'), css)

// Without its source map comment: the hashing static storage would look for a map that is not served.
const script = await readFile(join(govuk, 'govuk-frontend.min.js'), 'utf8')
await writeFile(join(target, 'govuk-frontend.min.js'), script.replace(/\n?\/\/# sourceMappingURL=.*\n?/g, '\n'))

await copyFile(join(moj, 'assets', 'images', 'icon-document.svg'), join(target, 'images', 'icon-document.svg'))

/* What a page is made of, as numbers: one for each kind of element in its place, one for each fact of the page as a
 * whole. Two elements are of one kind when no rule of axe can tell them apart, whatever they say.
 * `look_at` is left behind: it has axe look at the elements of some kinds, or at everything.
 *
 * A field may be called "children", and is then what its form answers when asked for them: nothing is asked of an element
 * itself, everything of the prototypes.
 */
() => {
  const getter = (prototype, name) => {
    const get = Object.getOwnPropertyDescriptor(prototype, name).get
    return e => get.call(e)
  }
  const [parentOf, nodesOf] = ['parentNode', 'childNodes'].map(name => getter(Node.prototype, name))
  const [attributesOf, childrenOf, tagOf] = ['attributes', 'children', 'localName'].map(name => getter(Element.prototype, name))
  const [width, height, wide, high] = ['clientWidth', 'clientHeight', 'scrollWidth', 'scrollHeight'].map(
    name => getter(Element.prototype, name))
  const textOf = getter(Node.prototype, 'textContent')
  const said = (e, name) => Element.prototype.getAttribute.call(e, name)
  const is = (e, selector) => Element.prototype.matches.call(e, selector)
  const isSeen = e => Element.prototype.checkVisibility.call(e, {visibilityProperty: true})
  const boxOf = e => Element.prototype.getBoundingClientRect.call(e)
  const isInside = (e, outer) => Node.prototype.contains.call(outer, e)
  const byId = id => Document.prototype.getElementById.call(document, id)
  const all = [...Document.prototype.querySelectorAll.call(document, '*')]

  const number = words => {
    let a = 0xdeadbeef, b = 0x41c6ce57
    for (let at = 0; at < words.length; at++) {
      const code = words.charCodeAt(at)
      a = Math.imul(a ^ code, 2654435761)
      b = Math.imul(b ^ code, 1597334677)
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
    return 4294967296 * (2097151 & b) + (a >>> 0)
  }
  const facts = new Set()
  const note = words => facts.add(number(words))

  // --- Who has a name: text, or what stands for it, that is not kept from screen readers -------------------
  const hasOwnText = e => [...nodesOf(e)].some(node => node.nodeType === 3 && node.data.trim())
  const seen = new Set(all.filter(isSeen))
  const withText = new Set(all.filter(hasOwnText))
  const named = new Set()
  for (const e of all) {
    const speaks = seen.has(e) && (withText.has(e) || ['aria-label', 'alt', 'title'].some(name => said(e, name)?.trim()))
    for (let at = e; speaks && at.nodeType === 1 && !named.has(at); at = parentOf(at)) {
      if (said(at, 'aria-hidden') === 'true') break
      named.add(at)
    }
  }

  // --- One element ------------------------------------------------------------------------------------------
  const LITERAL = /^(class|role|type|lang|tabindex|style|autocomplete|scope|content|dir|accesskey|colspan|rowspan|contenteditable)$/
  const REFERS = /^(for|headers|list|form|aria-(labelledby|describedby|controls|owns|activedescendant|details|errormessage|flowto))$/
  const kindOf = id => {
    const target = byId(id)
    return target ? tagOf(target) + (textOf(target).trim() ? '#' : '') : 'nothing'
  }
  const attribute = ({name, value}) => {
    if (REFERS.test(name)) return `${name}=${value.trim().split(/\s+/).map(kindOf)}`
    if (name === 'href' && /^#./.test(value)) return `href=#${kindOf(decodeURIComponent(value.slice(1)))}`
    const isLiteral = LITERAL.test(name) || (name.startsWith('aria-') && !/^aria-(label|roledescription|placeholder)$/.test(name))
    return isLiteral ? `${name}=${value}` : name + (value.trim() ? '=…' : '=')
  }
  const look = e => {
    const style = getComputedStyle(e)
    const words = withText.has(e) ? [style.color, style.fontSize, style.fontWeight, style.textDecorationLine, style.textShadow] : []
    const beyond = [wide(e) - width(e), high(e) - height(e)]
    // How long a page is is its own; what a part of it keeps out of sight is what a rule asks about.
    const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY) && (parentOf(e) === document ? beyond.map(Math.sign) : beyond)
    return [style.display, style.backgroundColor, style.backgroundImage, style.opacity, ...words, scrolls].join()
  }
  const labels = e => {
    const get = 'labels' in e && Object.getOwnPropertyDescriptor(Object.getPrototypeOf(e), 'labels')?.get
    return get ? [...(get.call(e) ?? [])].map(label => `${seen.has(label)}${named.has(label)}`) : ''
  }
  const rows = e => tagOf(e) === 'table'
    ? [...new Set([...Element.prototype.querySelectorAll.call(e, 'tr')].map(row => [...childrenOf(row)].map(tagOf).join()))] : ''
  const picture = e => is(e, 'img, a:has(img), button:has(img)') ? `${said(e, 'alt')}${textOf(e)}` : ''
  const own = e => [
    tagOf(e), ...[...attributesOf(e)].map(attribute).sort(), seen.has(e) ? look(e) : 'unseen', named.has(e), withText.has(e),
    is(e, ':checked'), is(e, ':disabled'), labels(e), rows(e), picture(e), is(e, 'iframe, video, audio, object, embed') ? Math.random() : '',
  ].join(' ')
  // What stands in an element is a matter for the rules of lists, tables, roles and what scrolls; and at any depth, for
  // those of what one presses and of what is hidden. A plain box may hold anything.
  const OF_THOSE_IN_IT = 'ul, ol, dl, menu, table, thead, tbody, tfoot, tr, select, [role], [tabindex]'
  const OF_ALL_IN_IT = 'a, button, summary, label, [role=button], [role=link], [aria-hidden=true]'
  const isScrolled = e => seen.has(e) && /auto|scroll/.test(getComputedStyle(e).overflow)
  const inside = e => {
    if (is(e, OF_ALL_IN_IT) || isScrolled(e)) return Element.prototype.querySelectorAll.call(e, '*')
    return is(e, OF_THOSE_IN_IT) ? childrenOf(e) : []
  }
  const place = new Map(), kind = new Map()
  for (const e of all) {
    const above = place.get(parentOf(e)) ?? `${innerWidth} wide`
    place.set(e, number(`${above}>${own(e)}`))
    const below = new Set([...inside(e)].map(one => `${tagOf(one)} ${said(one, 'role') ?? ''} ${said(one, 'tabindex') ?? ''}`))
    kind.set(e, number(`${place.get(e)}[${[...below].sort()}]`))
  }

  // --- The page as a whole --------------------------------------------------------------------------------
  note(`title ${Boolean(document.querySelector('title')?.textContent.trim())}`)
  let before = 0
  const heard = all.filter(e => seen.has(e) && !is(e, '[aria-hidden=true] *'))
  for (const e of heard.filter(e => is(e, 'h1, h2, h3, h4, h5, h6, [role=heading]'))) {
    const level = said(e, 'aria-level') ?? tagOf(e)[1]
    note(`a heading of ${level} after ${before}`)
    before = level
  }
  const twice = (what, keys) => keys.filter((key, at) => keys.indexOf(key) !== at).forEach(key => note(`${what} twice: ${key}`))
  twice('id', all.map(e => said(e, 'id')).filter(Boolean))
  twice('key', all.map(e => said(e, 'accesskey')).filter(Boolean))
  const LANDMARK = 'main, nav, header, footer, aside, section, form, [role]'
  const landmarks = heard.filter(e => is(e, LANDMARK)).map(e => {
    const labelled = (said(e, 'aria-labelledby') ?? '').split(/\s+/).map(id => byId(id) && textOf(byId(id)).trim()).join(' ')
    return [said(e, 'role') ?? tagOf(e), said(e, 'aria-label') ?? labelled.trim()]
  }).filter(([role, name]) => name || !/^(section|form|img|presentation|none|list|listitem)$/.test(role))
  twice('landmark', landmarks.map(String))
  twice('role', landmarks.map(([role]) => role))
  for (const role of ['main', 'header', 'footer']) note(`${role}: ${landmarks.some(([one]) => one === role)}`)
  note(`main heading: ${heard.some(e => is(e, 'h1, [aria-level="1"]'))}`)

  const isBeside = e => withText.has(e) && !is(e, ':is(main, nav, header, footer, aside) *')
  for (const e of heard.filter(isBeside)) note(`beside the landmarks: ${place.get(e)}`)

  // What one presses and is smaller than 24 by 24, or lies over another, with what is near.
  const targets = heard.filter(e => is(e, 'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex], [role=button]'))
    .map(e => ({e, box: boxOf(e)})).map(one => ({...one, x: one.box.x + one.box.width / 2, y: one.box.y + one.box.height / 2}))
  for (const one of targets) {
    for (const other of targets) {
      if (one === other || isInside(one.e, other.e) || isInside(other.e, one.e)) continue
      const right = Math.max(other.box.left - one.x, 0, one.x - other.box.right)
      const down = Math.max(other.box.top - one.y, 0, one.y - other.box.bottom)
      const isSmall = one.box.width < 24.1 || one.box.height < 24.1
      const isNear = Math.hypot(right, down) < 12.1 || Math.hypot(one.x - other.x, one.y - other.y) < 24.1
      const overlaps = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left) > 0.1
        && Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top) > 0.1
      if ((isSmall && isNear) || overlaps) note(`crowded: ${kind.get(one.e)} by ${kind.get(other.e)}`)
    }
  }
  globalThis.look_at = (kinds, rules) => {
    const ofThese = new Set(kinds)
    return axe.run(kinds ? {include: all.filter(e => ofThese.has(kind.get(e)))} : document, rules)
  }
  return {facts: [...facts], kinds: [...new Set(kind.values())]}
}

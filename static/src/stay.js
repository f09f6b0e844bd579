// Says in good time that the session ends, offers to stay, and gives back what was typed when it ended.
const EVERY = 5000
const MARK = { 'X-Background': 'yes' }

const dialog = document.querySelector('[data-stay]')
if (dialog?.showModal) watch(dialog)
giveBack()

function watch (dialog) {
  const part = (name) => dialog.querySelector(`[data-stay-${name}]`)
  const warnAt = Number(dialog.dataset.warn)
  let endsAt = now() + Number(dialog.dataset.seconds)
  let mayStay = dialog.dataset.mayStay === 'yes'
  let dismissed = false
  let changed = null

  // What has been typed and not sent: signing in again gives it back.
  document.addEventListener('input', (event) => {
    if (event.target.form?.method === 'post') changed = event.target.form
  })
  document.addEventListener('submit', (event) => { if (event.target === changed) changed = null })

  const ticking = window.setInterval(async () => {
    if (endsAt - now() > warnAt) return
    // Somebody may have gone on in another window.
    await ask({ headers: MARK })
    show()
  }, EVERY)

  part('form').addEventListener('submit', async (event) => {
    event.preventDefault()
    event.stopPropagation()
    await ask({ method: 'POST', body: new FormData(event.target) })
    show()
  }, true)
  part('close').addEventListener('click', () => {
    dismissed = true
    dialog.close()
  })
  part('back').addEventListener('click', () => {
    // Refused, because the session is over, and for that very reason kept.
    if (changed) HTMLFormElement.prototype.submit.call(changed)
    else window.location.reload()
  })

  async function ask (options) {
    try {
      const answer = await window.fetch(dialog.dataset.url, { ...options, redirect: 'manual' })
      if (answer.ok) {
        const said = await answer.json()
        endsAt = now() + said.seconds
        mayStay = said.may_stay
        if (said.seconds > warnAt) dismissed = false
      } else if (answer.status === 401 || answer.type === 'opaqueredirect') {
        endsAt = now()
      }
    } catch {
      // No connection: the page counts on by itself.
    }
  }

  function show () {
    const left = endsAt - now()
    if (left > warnAt) {
      if (dialog.open) dialog.close()
      return
    }
    if (left <= 0) return over()
    const minutes = Math.ceil(left / 60)
    const soon = minutes === 1 ? 'in less than a minute' : `in about ${minutes} minutes`
    say(mayStay ? `You will be signed out ${soon}, because nothing has happened for a while.` : `You will be signed out ${soon}: nobody stays signed in for longer than 12 hours. Save your work.`)
    part('extend').hidden = !mayStay
    if (!dialog.open && !dismissed) dialog.showModal()
  }

  function over () {
    window.clearInterval(ticking)
    dialog.classList.add('app-stay-dialog--over')
    dialog.querySelector('h2').textContent = 'You have been signed out'
    say(changed ? 'What you typed comes back when you sign in again. Choose files again after that.' : 'Sign in again to go on.')
    part('extend').hidden = part('close').hidden = true
    part('back').hidden = false
    dialog.addEventListener('cancel', (event) => event.preventDefault())
    if (!dialog.open) dialog.showModal()
  }

  // Said once: a screen reader is not told every five seconds.
  function say (words) {
    if (part('words').textContent !== words) part('words').textContent = words
  }
}

function now () {
  return Date.now() / 1000
}

// Runs before GOV.UK's own script, which then shows what belongs to a choice that was made.
function giveBack () {
  const kept = document.getElementById('kept-work')
  if (!kept) return
  const typed = JSON.parse(kept.textContent)
  const forms = [...document.querySelectorAll('main form[method=post]')].filter((form) => !form.closest('.govuk-notification-banner'))
  const known = (form) => Object.keys(typed).filter((name) => form.elements[name]).length
  const form = forms.sort((one, other) => known(other) - known(one))[0]
  if (!form) return
  for (const [name, values] of Object.entries(typed)) {
    const fields = [...form.elements].filter((field) => field.name === name && field.type !== 'file')
    fields.forEach((field, nth) => fill(field, values, nth))
  }
}

function fill (field, values, nth) {
  if (field.type === 'hidden') return
  if (field.type === 'radio' || field.type === 'checkbox') field.checked = values.includes(field.value)
  else if (field.multiple) [...field.options].forEach((option) => { option.selected = values.includes(option.value) })
  else field.value = values[nth] ?? values[0]
  field.dispatchEvent(new Event('change', { bubbles: true }))
}

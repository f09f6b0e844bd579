// Every page works without this file; it only makes some things quicker or safer.
import { initAll } from './govuk-frontend.min.js'
import './stay.js'
import './security-key.js'

document.body.classList.add('js-enabled', 'govuk-frontend-supported')
initAll()

// What htmx puts on the page gets the same behaviour as what was there from the start.
document.addEventListener('htmx:load', (event) => {
  if (event.detail.elt !== document.body) {
    initAll(event.detail.elt)
    prepare(event.detail.elt)
  }
})

// A form is sent once. A download leaves the page where it is, so the lock opens again after a while.
const LOCKED_FOR = 8000
document.addEventListener('submit', (event) => {
  const form = event.target
  if (event.defaultPrevented || form.method !== 'post') return
  if (form.dataset.sent) {
    event.preventDefault()
    return
  }
  form.dataset.sent = 'true'
  window.setTimeout(() => delete form.dataset.sent, LOCKED_FOR)
})

// Back to a page the browser kept: its forms may be sent again.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) document.querySelectorAll('form[data-sent]').forEach((form) => delete form.dataset.sent)
})

document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print()
})

// Buttons that need a script stay hidden until there is one.
function prepare (scope) {
  scope.querySelectorAll('[data-needs-script]').forEach((element) => { element.hidden = false })
}
prepare(document)

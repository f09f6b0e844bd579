// Speaks to a security key for the forms that set one up or sign in with it.
const form = document.querySelector('[data-security-key]')
if (form && window.PublicKeyCredential) prepare(form)

function prepare (form) {
  const problem = form.querySelector('[data-security-key-problem]')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    problem.hidden = true
    try {
      form.elements.credential.value = JSON.stringify(await answer(form.dataset.securityKey))
      form.submit()
    } catch {
      problem.hidden = false
    }
  })
}

async function answer (what) {
  const asked = JSON.parse(document.getElementById('security-key-options').textContent)
  const publicKey = (asked.creation_options ?? asked.request_options).publicKey
  publicKey.challenge = bytes(publicKey.challenge)
  if (publicKey.user) publicKey.user.id = bytes(publicKey.user.id)
  for (const list of ['excludeCredentials', 'allowCredentials']) {
    publicKey[list] = (publicKey[list] ?? []).map((known) => ({ ...known, id: bytes(known.id) }))
  }
  const credential = await navigator.credentials[what]({ publicKey })
  const response = {}
  for (const part of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[part]) response[part] = letters(credential.response[part])
  }
  return {
    id: credential.id,
    rawId: letters(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response
  }
}

// Bytes travel as letters: base64 in its form for addresses, without padding.
function bytes (letters) {
  const plain = window.atob(letters.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0))
}

function letters (buffer) {
  const plain = String.fromCharCode(...new Uint8Array(buffer))
  return window.btoa(plain).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')
}

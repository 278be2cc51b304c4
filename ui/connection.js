// What a person has done reaches the server also when the connection is lost for a while: it is told again, and the page
// is asked to go on, as soon as there is one.

const IS_CONNECTED = '[data-test-connection-state="CONNECTED"]'

const waiting = new Map() // by key and name: the last value, and who tells it
let tellLast
let watching = false

const isConnected = () => document.querySelector(IS_CONNECTED) !== null

// Returns a function like `tell` that keeps what cannot be told now. key: of the player that tells.
export function surely(key, tell) {
  tellLast = tell
  if (!watching) watch()
  return (name, value) => {
    if (isConnected()) tell(name, value)
    else waiting.set(`${key} ${name}`, () => tell(name, value))
  }
}

function watch() {
  watching = true
  let wasConnected = true
  const look = () => {
    if (isConnected() && !wasConnected) setTimeout(goOn) // once the page has seen it too
    wasConnected = isConnected()
  }
  new MutationObserver(look).observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ["data-test-connection-state"],
  })
}

function goOn() {
  const told = [...waiting.values()]
  waiting.clear()
  if (told.length) told.forEach((tell) => tell())
  else tellLast("line", "again")
}

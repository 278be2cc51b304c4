// What is held elsewhere on the page: the player asks for pictures with it.

const HELD = "sigmascope:held"

// Says which numbers of the scene are held, by their names.
export function hold(numbers) {
  document.dispatchEvent(new CustomEvent(HELD, { detail: numbers }))
}

export function listenToHeld({ askFor }) {
  const onHeld = ({ detail }) => askFor(detail)
  document.addEventListener(HELD, onHeld)
  return () => document.removeEventListener(HELD, onHeld)
}

// What may follow a picture, so that the picture does not wait for it: to write much into the page lays it out anew.

const LATER = 200 // ms

// Returns a function that has `act` called soon, once for all calls until then.
export function later(act) {
  let timer = null
  return () => {
    timer ??= setTimeout(() => {
      timer = null
      act()
    }, LATER)
  }
}

// Works before and after widget.js has loaded: the queue is an array until then.
window.bouncewise = window.bouncewise || []

document.getElementById('help').addEventListener('click', () => {
  window.bouncewise.push(['open'])
})

for (const name of ['ready', 'open', 'close', 'message', 'error']) {
  window.bouncewise.push([
    'on',
    name,
    () => {
      document.getElementById('last').textContent = name
    },
  ])
}

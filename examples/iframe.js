// A frame needs no script at all; this one adds commands and events.
import { connect } from 'http://localhost:3000/frame.js'

const frame = document.querySelector('iframe')
const chat = connect(frame)

document.getElementById('ask').addEventListener('click', () => chat.ask('What is a bounce?'))
for (const name of ['ready', 'message']) {
  frame.addEventListener(`bouncewise:${name}`, () => {
    document.getElementById('last').textContent = name
  })
}

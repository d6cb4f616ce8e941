import 'http://localhost:3000/chat.js'

const chat = document.createElement('bouncewise-chat')
chat.setAttribute('server', 'http://localhost:3000/')
chat.setAttribute('handoff', 'event')
chat.className = 'inline'
chat.theme = { accent: '#5b2a86', onAccent: '#ffffff', radius: 4, density: 'compact' }
chat.texts = { lead: 'Returned mail' }
chat.setContext({ department: 'Sales' })

// The portal makes its own ticket: the payload comes here and goes nowhere else.
chat.addEventListener('bouncewise:handoff', ({ detail }) => {
  const counter = document.getElementById('tickets')
  counter.textContent = String(Number(counter.textContent) + 1)
  counter.dataset.keys = Object.keys(detail.payload).join(' ')
})
document.getElementById('place').append(chat)

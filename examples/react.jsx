import { createBouncewise } from 'http://localhost:3000/react.js'
import * as React from 'react'
import { createRoot } from 'react-dom/client'

const Bouncewise = createBouncewise(React)

function App() {
  const [last, setLast] = React.useState('none')
  const [shown, setShown] = React.useState(true)
  return (
    <>
      <p>
        Last event: <output id="last">{last}</output>{' '}
        <button type="button" onClick={() => setShown(!shown)}>
          Toggle
        </button>
      </p>
      {shown && (
        <Bouncewise
          class="inline"
          context={{ department: 'Sales' }}
          onReady={() => setLast('ready')}
          onMessage={({ detail }) => setLast(detail.role)}
        />
      )}
    </>
  )
}

createRoot(document.getElementById('app')).render(
  <React.StrictMode>
    <App />
  </React.StrictMode>,
)

/**
 * A scripted server for the browser's tests: the built files, and answers that misbehave as networks do.
 * It speaks the program's HTTP, so a test may swap it for the real one.
 */
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import type { AnswerEvent, Block, ChatAnswer, Diagnosis, Report } from '../../kb/types.ts'
import { EXAMPLE } from '../../web/core/example.ts'
import { root } from './root.ts'

export type Behaviour =
  | 'normal'
  | 'slow' // a word at a time
  | 'cut' // the connection breaks in mid-answer
  | 'cut-once'
  | 'silent' // takes the question and never answers, neither as a stream nor as JSON
  | 'hold' // never answers a stream: a proxy that buffers
  | 'json' // answers a stream's request with JSON
  | 'busy' // 429
  | 'broken' // 500
  | 'failed' // a last event "failed"

type Request = {
  readonly path: string
  readonly accept: string
  readonly cookie: string
  readonly referer: string
  readonly body: string
}

export type Stub = {
  readonly url: string
  readonly requests: readonly Request[]
  behaviour: Behaviour
  result: ChatAnswer
  /** whether a person can be asked */
  helpdesk: boolean
  close(): Promise<void>
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}

/** What the page itself is served with. */
export const PAGE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

export const text = (v: string): Block => ({ t: 'p', c: [{ t: 'text', v }] })

/** What a server's parser makes of the page's example. */
const SOURCE = EXAMPLE.trim()
const at = (field: string, words: string) => ({
  field,
  start: SOURCE.indexOf(words),
  end: SOURCE.indexOf(words) + words.length,
})

export const REPORT: Report = {
  kind: 'failure',
  layout: 'exchange-2003',
  generator: {
    id: 'exchange-2003',
    product: 'Exchange Server 2003',
    version: null,
    host: 'mail.office.example',
  },
  language: 'en',
  subject: 'Meeting on Thursday',
  arrivalDate: '2009-02-24T09:12:00',
  reportDate: '2009-02-26T09:30:00',
  messageId: null,
  reportingMta: 'mail.office.example',
  recipients: [
    {
      finalRecipient: 'kim@partner.example',
      originalRecipient: null,
      action: 'failed',
      enhancedStatusCode: '4.4.7',
      replyCode: null,
      diagnosticCode: 'Could not deliver the message in the time limit specified.',
      remoteMta: null,
      reason: 'expired',
      permanent: false,
      rule: null,
      provider: null,
      command: null,
      lastAttemptDate: null,
      willRetryUntil: null,
      evidence: [
        at('finalRecipient', 'kim@partner.example'),
        at('enhancedStatusCode', '#4.4.7'),
        at('diagnosticCode', 'Could not deliver the message in the time limit specified.'),
      ],
    },
  ],
  text: SOURCE,
  warnings: [],
  signs: [],
}

export const DIAGNOSIS: Diagnosis = {
  summary: 'Your server tried for two days to deliver the message and then gave up.',
  reason: 'expired',
  permanent: false,
  actors: ['recipient-admin', 'sender-admin'],
  resend: 'later',
  codes: [],
  causes: [],
  nextSteps: { sender: [], admin: [] },
  questions: [
    {
      id: 'messagesAffected',
      text: 'Which of your messages to this person come back?',
      options: ['All of them', 'Only meeting requests'],
    },
  ],
}

export const RESULT: ChatAnswer = {
  answer:
    'Their server did not take the message in time. [1]\n\n**Careful:** do not send it again yet.',
  blocks: [
    {
      t: 'p',
      c: [
        { t: 'text', v: 'Their server did not take the message in time.' },
        { t: 'cite', n: 1 },
        { t: 'text', v: ' Your own server tried for ' },
        { t: 'strong', c: [{ t: 'text', v: 'two days' }] },
        { t: 'text', v: ' and then gave up. The address itself may be right.' },
      ],
    },
    { t: 'h', level: 2, id: 'now', c: [{ t: 'text', v: 'What you can do' }] },
    {
      t: 'ol',
      start: 1,
      items: [
        [text('Check the address letter by letter.')],
        [text('Call the recipient or write from another account.')],
        [text('Give this report to your mail admin.')],
      ],
    },
    { t: 'p', c: [{ t: 'strong', c: [{ t: 'text', v: 'For your mail admin' }] }] },
    {
      t: 'code',
      v: 'Get-Queue -Filter "NextHopDomain -eq \'partner.example\'"',
      lang: 'powershell',
      title: 'PowerShell',
    },
    {
      t: 'table',
      head: [[{ t: 'text', v: 'System' }], [{ t: 'text', v: 'Gives up after' }]],
      rows: [[[{ t: 'text', v: 'Exchange 2003' }], [{ t: 'text', v: '48 hours' }]]],
    },
  ],
  report: REPORT,
  diagnosis: DIAGNOSIS,
  citations: [
    {
      n: 1,
      articleId: 'queue-expired',
      title: 'The message waited too long',
      heading: 'Why it happens',
      url: '/articles/queue-expired',
    },
  ],
  suggestions: ['Why did it take two days?', 'Only my meeting requests come back'],
  answered: true,
  answeredBy: 'rules',
  audience: 'sender',
  notices: [],
}

const ARTICLE = {
  id: 'queue-expired',
  title: 'The message waited too long',
  sections: [
    { heading: '', blocks: [text('The message waited.')] },
    {
      heading: 'Why it happens',
      blocks: [text('The other server could not be reached for two days.')],
    },
  ],
}

type StubOptions = {
  readonly allowed?: readonly string[]
  readonly behaviour?: Behaviour
  readonly port?: number
}

export async function startStub({
  allowed = [],
  behaviour = 'normal',
  port = 0,
}: StubOptions = {}): Promise<Stub> {
  const requests: Request[] = []
  const stub = { behaviour, result: RESULT, helpdesk: true, requests }
  const server = createServer((request, response) => {
    const origin = request.headers.origin
    const own = `http://${request.headers.host}`
    const api = request.url?.startsWith('/api/')
    if (origin && origin !== own && (!api || allowed.includes(origin))) {
      response.setHeader('access-control-allow-origin', origin)
      response.setHeader('access-control-allow-headers', 'content-type')
    }
    if (request.method === 'OPTIONS') return void response.writeHead(204).end()
    if (origin && origin !== own && api && !allowed.includes(origin))
      return void response.writeHead(403).end()
    void readBody(request).then((body) => {
      const { accept = '', cookie = '', referer = '' } = request.headers
      requests.push({ path: request.url ?? '', accept, cookie, referer, body })
      return api ? answerApi(stub, request, response, body) : answerFile(request, response)
    })
  })
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  return Object.assign(stub, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => stop(server),
  })
}

const stop = (server: Server) =>
  new Promise<void>((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('latin1')
}

function answerFile(request: IncomingMessage, response: ServerResponse): void {
  const path = new URL(request.url ?? '/', 'http://stub').pathname
  if (path === '/healthz') return void response.end('ok')
  const file = normalize(path === '/' ? '/index.html' : path)
  try {
    const body = readFileSync(join(root, 'dist/public', file))
    response.setHeader('content-type', TYPES[extname(file)] ?? 'application/octet-stream')
    if (file === '/index.html') response.setHeader('content-security-policy', PAGE_CSP)
    response.end(body)
  } catch {
    response.writeHead(404).end()
  }
}

type State = { behaviour: Behaviour; result: ChatAnswer; helpdesk: boolean }

async function answerApi(
  state: State,
  request: IncomingMessage,
  response: ServerResponse,
  body: string,
): Promise<void> {
  const path = request.url ?? ''
  if (path.startsWith('/api/articles/')) return json(response, 200, ARTICLE)
  if (path === '/api/feedback') return void response.writeHead(204).end()
  if (path === '/api/handoff' && request.method === 'GET')
    return json(response, 200, { enabled: state.helpdesk })
  if (path === '/api/handoff') return json(response, 202, { id: 'BW-1', repeated: false })
  if (path !== '/api/chat')
    return json(response, 404, { error: { code: 'not-found', message: 'no such page' } })
  void body
  await chat(state, /event-stream/.test(request.headers.accept ?? ''), response)
}

const json = (response: ServerResponse, status: number, value: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value))
}

async function chat(state: State, stream: boolean, response: ServerResponse): Promise<void> {
  const { behaviour, result } = state
  if (behaviour === 'busy') {
    response.setHeader('retry-after', '7')
    return json(response, 429, { error: { code: 'too-many-requests', message: 'slow down' } })
  }
  if (behaviour === 'broken')
    return json(response, 500, { error: { code: 'internal', message: 'oops' } })
  if (behaviour === 'silent') return
  if (!stream || behaviour === 'json') return json(response, 200, result)
  if (behaviour === 'hold') return
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store, no-transform',
  })
  response.write(': hello\n\n')
  const cut = behaviour === 'cut' || behaviour === 'cut-once'
  if (behaviour === 'cut-once') state.behaviour = 'normal'
  await sendEvents(response, result, behaviour, cut)
}

async function sendEvents(
  response: ServerResponse,
  result: ChatAnswer,
  behaviour: Behaviour,
  cut: boolean,
): Promise<void> {
  const send = ({ type, ...data }: AnswerEvent) =>
    response.write(
      `event: ${type}\ndata: ${JSON.stringify('result' in data ? data.result : data)}\n\n`,
    )
  send({ type: 'report', report: result.report })
  send({ type: 'diagnosis', diagnosis: result.diagnosis })
  for (const [index, block] of result.blocks.entries()) {
    send({ type: 'answer', text: '', index, blocks: [block] })
    if (cut && index === 1) {
      await wait(50)
      return void response.destroy()
    }
    if (behaviour === 'slow') await wait(400)
  }
  if (behaviour === 'failed')
    send({ type: 'failed', error: { code: 'internal', message: 'The index is missing.' } })
  else send({ type: 'done', result })
  response.end()
}

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms))

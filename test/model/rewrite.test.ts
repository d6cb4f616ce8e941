import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseText } from '../../kb/ndr/index.ts'
import type { AnswerEvent, ChatAnswer, Diagnosis } from '../../kb/types.ts'
import type { Turn } from '../../server/answer/turn.ts'
import { createModelClient } from '../../server/model/client.ts'
import { createRewrite, type ModelOutcome } from '../../server/model/index.ts'
import { namesInTalk } from '../../server/model/names.ts'
import { contradiction } from '../../server/model/verdict.ts'
import { refuse, type Script, say, startModelServer } from '../helpers/model-server.ts'

const report = parseText(`Your message did not reach some or all of the intended recipients.
Subject: Offer for Ann
The following recipient(s) could not be reached:
      ann.example@example.org on 8/20/2008 11:34 PM
      Could not deliver the message in the time limit specified. <mail.example.com #4.4.7>`)

const DRAFT: ChatAnswer = {
  answer:
    'Your message to ann.example@example.org was not delivered: it waited for 48 hours. [1]\n\nRun this on the server:\n\n```powershell\nGet-Queue -Server mail01\n```\n\nLook at the queue in Servers > Protocols > SMTP. [2]',
  blocks: [],
  report,
  diagnosis: null,
  citations: [
    {
      n: 1,
      articleId: 'queue-expired',
      title: 'The message waited too long',
      heading: '',
      url: '/articles/queue-expired',
    },
    { n: 2, articleId: 'queues', title: 'Queues', heading: '', url: '/articles/queues' },
  ],
  suggestions: [],
  answered: true,
  answeredBy: 'rules',
  audience: 'sender',
  notices: [],
}

/** Only what a rewrite reads of a turn. */
const TURN = {
  report,
  own: 'Why did my mail to Ann take so long?',
  audience: 'sender',
  retrieval: { band: 'answer', confidence: 1, passages: [] },
  articles: new Map(),
} as unknown as Turn

async function rewritten(
  script: Script,
  limits: { idleSeconds?: number; parallel?: number; maxTokens?: number } = {},
  { draft = DRAFT, turn = TURN }: { draft?: ChatAnswer; turn?: Turn } = {},
) {
  const server = await startModelServer(script)
  const outcomes: ModelOutcome[] = []
  const client = createModelClient({
    apiKey: 'key',
    baseUrl: server.url,
    model: 'test',
    maxTokens: limits.maxTokens ?? 500,
    idleSeconds: limits.idleSeconds ?? 5,
    totalSeconds: 20,
    parallel: limits.parallel ?? 4,
  })
  const rewrite = createRewrite(client, (outcome) => outcomes.push(outcome))
  try {
    const events: AnswerEvent[] = []
    for await (const event of rewrite(draft, turn)) events.push(event)
    const last = events.at(-1)
    assert.equal(last?.type, 'done')
    return {
      result: (last as { result: ChatAnswer }).result,
      events,
      outcomes,
      bodies: server.bodies,
    }
  } finally {
    await server.close()
  }
}

const GOOD =
  'Your mail to ADDRESS_1 never arrived, because it waited 48 hours in a queue. [1] Have a look at Servers > Protocols > SMTP. [2]'

test('a good answer is used, with the real names put back', async () => {
  const { result, outcomes } = await rewritten(({ response }) => say(response, GOOD))
  assert.equal(result.answeredBy, 'model')
  assert.match(result.answer, /to ann\.example@example\.org never arrived/)
  assert.deepEqual(result.notices, [])
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ['used'],
  )
  assert.deepEqual(outcomes[0]?.usage, { prompt: 100, completion: 20 })
})

test('nothing personal leaves', async () => {
  const { bodies } = await rewritten(({ response }) => say(response, GOOD))
  const sent = JSON.stringify(bodies)
  for (const secret of [
    'ann.example',
    'Offer for Ann',
    'mail.example.com #',
    'intended recipients',
  ]) {
    assert.ok(!sent.includes(secret), `${secret} was sent`)
  }
})

test('words appear before the model has finished, and blocks replay to the final answer', async () => {
  const { events, result } = await rewritten(({ response }) => say(response, GOOD))
  const growing = events.filter((event) => event.type === 'answer')
  assert.ok(growing.length > 3)
  let blocks: unknown[] = []
  for (const event of growing) blocks = [...blocks.slice(0, event.index), ...event.blocks]
  assert.deepEqual(blocks, result.blocks)
})

const MALICE: readonly (readonly [name: string, text: string, never: RegExp])[] = [
  ['an invented citation', `${GOOD} The cure is a reboot. [7]`, /reboot|\[7\]/],
  ['a changed number', `${GOOD} It waits for 72 hours. [1]`, /72/],
  ['an invented code', `${GOOD} This is code 5.7.99 indeed. [1]`, /5\.7\.99/],
  ['an invented KB number', `${GOOD} Install KB 123456 now. [1]`, /123456/],
  ['an invented host', `${GOOD} Ask at evil.example.net for help. [1]`, /evil/],
  ['an invented cmdlet', `${GOOD} Use Remove-Mailbox to mend it. [1]`, /Remove-Mailbox/],
  ['an invented menu path', `${GOOD} Go to Start > Delete everything. [1]`, /Delete everything/],
  ['an invented command', `${GOOD} Type \`rm -rf /\` there. [1]`, /rm -rf/],
  ['an image', `${GOOD} ![x](https://evil.example.net/p.png)`, /evil|!\[/],
  ['a reference image', `${GOOD} ![x][ref]\n\n[ref]: https://evil.example.net/p.png`, /evil|!\[/],
  ['a script link', `${GOOD} [click](javascript:alert(1))`, /javascript/],
  ['markup', `${GOOD} <img src=x onerror=alert(1)> See there. [1]`, /<img/],
  [
    'a code block of its own',
    `${GOOD}\n\n\`\`\`powershell\nRemove-Item -Recurse\n\`\`\``,
    /Remove-Item/,
  ],
]

for (const [name, text, never] of MALICE) {
  test(`${name} is taken out, and the reader is told`, async () => {
    const { result } = await rewritten(({ response }) => say(response, text))
    assert.doesNotMatch(result.answer, never)
    assert.doesNotMatch(JSON.stringify(result.blocks), /"t":"link"|javascript:/)
    assert.match(result.answer, /48 hours/)
  })
}

const VERDICT = {
  summary: 'The other side refuses it.',
  reason: 'blocked',
  permanent: true,
  actors: ['recipient-admin'],
  resend: 'after-fix',
  codes: [],
  causes: [],
  nextSteps: { sender: [], admin: [] },
  questions: [],
} as const satisfies Diagnosis

const TURNED: readonly (readonly [sentence: string, never: RegExp])[] = [
  ['You can simply send it again now. [1]', /send it again/],
  ['Just try again in a moment. [1]', /try again/],
  ['This is not a permanent error. [1]', /not a permanent/],
  ['The server is still trying to deliver it. [1]', /still trying/],
  ['It is your own mistake. [1]', /your own mistake/],
  ['The problem lies with your side. [1]', /your side/],
]

for (const [sentence, never] of TURNED) {
  test(`a sentence that turns the verdict around is taken out: ${sentence}`, async () => {
    const { result } = await rewritten(
      ({ response }) => say(response, `${GOOD} ${sentence}`),
      {},
      { draft: { ...DRAFT, diagnosis: VERDICT } },
    )
    assert.doesNotMatch(result.answer, never)
    assert.match(result.answer, /48 hours/)
    assert.match(result.notices.join(' '), /could not be confirmed/)
  })
}

const KEPT: readonly string[] = [
  'Do not send it again before that is settled. [1]',
  'Send it again once the other side has changed it. [1]',
  'It is not your fault. [1]',
  'The refusal is permanent for this mail. [1]',
  'It lies with the other side. [1]',
]

for (const sentence of KEPT) {
  test(`a sentence that agrees with the verdict stays: ${sentence}`, async () => {
    const { result } = await rewritten(
      ({ response }) => say(response, `${GOOD} ${sentence}`),
      {},
      { draft: { ...DRAFT, diagnosis: VERDICT } },
    )
    assert.ok(result.answer.includes(sentence.replace(' [1]', '')), result.answer)
  })
}

test('the side, the other way round', () => {
  const verdict = {
    resend: 'later',
    permanent: null,
    actors: ['sender-admin', 'sender'],
    delayed: false,
  } as const
  assert.ok(contradiction('It lies with the other side.', verdict))
  assert.ok(contradiction('There is nothing you can do.', verdict))
  assert.ok(contradiction('Never send it again.', verdict))
  assert.equal(contradiction('It does not lie with the other side.', verdict), undefined)
  assert.equal(contradiction('Your own admin has to act.', verdict), undefined)
  const delayed = { ...verdict, resend: 'wait', delayed: true } as const
  assert.ok(contradiction('The failure is permanent.', delayed))
  assert.ok(contradiction('Please resend the message.', delayed))
  assert.equal(contradiction('The server is still trying.', delayed), undefined)
})

test('names that stand only in the question do not leave', async () => {
  const own =
    'Dear Ms Miller,\nwhy did Exchange refuse my mail to Dr. Okafor?\n\nKind regards,\nPetra van der Berg'
  const { bodies } = await rewritten(
    ({ response }) => say(response, GOOD),
    {},
    { turn: { ...TURN, own } },
  )
  const sent = JSON.stringify(bodies)
  for (const name of ['Miller', 'Okafor', 'Petra', 'Berg']) assert.ok(!sent.includes(name), name)
  assert.match(sent, /Exchange refuse/)
})

test('a greeting of nobody and a product are no names', () => {
  assert.deepEqual(namesInTalk('Hi all,\nHello Team, Dear Sir, why does Microsoft Exchange …'), [])
  assert.deepEqual(namesInTalk('my name is Jörg Müller-Özil and I use Outlook'), [
    'Jörg Müller-Özil',
    'Müller-Özil',
    'Jörg',
  ])
})

const FAILURES: readonly (readonly [
  name: string,
  script: Script,
  says: RegExp,
  limits?: { idleSeconds: number },
])[] = [
  [
    'nothing but rubbish',
    ({ response }) => say(response, 'The moon is 384400 km away. Send 100 euros.'),
    /could not be used/,
  ],
  [
    'an answer without any source',
    ({ response }) => say(response, 'It just did not work out, sorry for that.'),
    /could not be used/,
  ],
  ['an empty answer', ({ response }) => say(response, ''), /could not be used/],
  ['a refused key', ({ response }) => refuse(response, 401, 'bad key'), /refused/],
  ['a rate limit', ({ response }) => refuse(response, 429, 'slow down'), /rate limit/],
  ['a server error', ({ response }) => refuse(response, 500, 'oops'), /could not be reached/],
  [
    'a stream that is cut',
    ({ response }) => say(response, GOOD.slice(0, 40), null),
    /stopped in the middle/,
  ],
  ['silence', () => undefined, /took too long/, { idleSeconds: 0.3 }],
]

for (const [name, script, says, limits] of FAILURES) {
  test(`${name} ends in the rules' answer with one honest line`, async () => {
    const { result, outcomes } = await rewritten(script, limits)
    assert.equal(result.answeredBy, 'rules')
    assert.equal(result.answer, DRAFT.answer)
    assert.equal(result.notices.length, 1)
    assert.match(result.notices[0] ?? '', says)
    assert.deepEqual(
      outcomes.map(({ outcome }) => outcome),
      ['fallback'],
    )
  })
}

test('a passing fault is tried again', async () => {
  const { result, bodies } = await rewritten(({ n, response }) =>
    n === 1 ? refuse(response, 503, 'busy') : say(response, GOOD),
  )
  assert.equal(result.answeredBy, 'model')
  assert.equal(bodies.length, 2)
})

test('an endpoint that rejects max_tokens gets max_completion_tokens', async () => {
  const { result, bodies } = await rewritten(({ body, response }) =>
    'max_tokens' in body
      ? refuse(
          response,
          400,
          "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.",
        )
      : say(response, GOOD),
  )
  assert.equal(result.answeredBy, 'model')
  assert.equal(bodies[1]?.max_completion_tokens, 500)
})

test('an answer cut by the token limit ends with a whole sentence and says so', async () => {
  const { result } = await rewritten(({ response }) =>
    say(response, `${GOOD} And further`, 'length'),
  )
  assert.equal(result.answeredBy, 'model')
  assert.doesNotMatch(result.answer, /further/)
  assert.match(result.notices.join(), /end is missing/)
})

test('a model that never stops is stopped', async () => {
  const { result } = await rewritten(({ response }) => say(response, GOOD.repeat(200)), {
    maxTokens: 50,
  })
  assert.ok(result.answer.length <= 50 * 8 + 200)
})

test('more answers at once than allowed are answered by the rules', async () => {
  const { result } = await rewritten(({ response }) => say(response, GOOD), { parallel: 0 })
  assert.equal(result.answeredBy, 'rules')
  assert.match(result.notices[0] ?? '', /too many questions/)
})

test('when the reader leaves, the call to the model ends', async () => {
  let closed: () => void = () => undefined
  const gone = new Promise<void>((resolve) => {
    closed = resolve
  })
  const server = await startModelServer(({ response }) => {
    response.on('close', closed)
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const piece = {
      id: 'x',
      object: 'chat.completion.chunk',
      created: 0,
      model: 'm',
      choices: [
        {
          index: 0,
          delta: { content: 'It waited for 48 hours. [1] It waited. ' },
          finish_reason: null,
        },
      ],
    }
    response.write(`data: ${JSON.stringify(piece)}\n\n`)
  })
  const outcomes: ModelOutcome[] = []
  const client = createModelClient({
    apiKey: 'k',
    baseUrl: server.url,
    model: 'm',
    maxTokens: 100,
    idleSeconds: 5,
    totalSeconds: 10,
    parallel: 1,
  })
  for await (const event of createRewrite(client, (one) => outcomes.push(one))(DRAFT, TURN)) {
    if (event.type === 'answer') break
  }
  // the server still has the stream open: only the client can have ended it
  await gone
  await server.close()
  assert.deepEqual(
    outcomes.map(({ outcome }) => outcome),
    ['left'],
  )
})

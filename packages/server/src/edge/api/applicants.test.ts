import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { APPLICANT_HEADER, NONCE_HEADER } from '@scel/contract/applicant'
import { pemEncode } from '@scel/pki/bytes'
import {
  type Answer,
  type Applicant,
  type CallInput,
  call,
  enrolMachine,
  type Furnished,
  furnish,
  makeApplicant,
  makeKit,
  startDesk,
  type TestDesk,
  workstationName,
} from '../../testing/index.ts'

let desk: TestDesk
let people: Furnished
let applicant: Applicant
before(async () => {
  desk = await startDesk()
  people = await furnish(desk)
  applicant = await makeApplicant(desk)
  // A key of which the desk has no request is a stranger’s: its calls write nothing, and so spend nothing.
  const { csr } = await applicant.credential({ commonName: workstationName() })
  assert.equal((await applicant.submit(people.post.kit, csr)).status, 200)
})
after(() => desk.stop())

const ASK = '/api/enrolment/requests'
const IN_PRODUCTION = '?environment=production'
const OWN = `${ASK}${IN_PRODUCTION}`
const codeOf = ({ status, json }: Answer): string => `${status} ${json.code}`
const headers = (input: CallInput, change: (header: string) => string): CallInput => ({
  ...input,
  headers: { ...input.headers, [APPLICANT_HEADER]: change(input.headers?.[APPLICANT_HEADER] ?? '') },
})
const pending = async (): Promise<number> => (await people.administrator.get('/api/requests?size=1')).json.pending

test('a signature is good for one call: the same one again is refused', async () => {
  let sent: CallInput | undefined
  const first = await applicant.send('GET', OWN, undefined, (input) => (sent = input))
  assert.equal(first.status, 200)
  assert.equal(codeOf(await call(`${desk.services.portal}${OWN}`, sent)), '401 applicant_nonce_spent')
})

test('two of the same call at once: one is taken', async () => {
  let sent: CallInput | undefined
  await applicant.send('GET', OWN, undefined, (input) => {
    sent = input
    return { ...input, headers: {} }
  })
  const answers = await Promise.all(Array.from({ length: 8 }, () => call(`${desk.services.portal}${OWN}`, sent)))
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  assert.ok(answers.every((answer) => answer.status === 200 || codeOf(answer) === '401 applicant_nonce_spent'))
})

test('a signature fits no other call: body, path, method, desk, key and nonce are all signed', async () => {
  const other = await makeApplicant(desk)
  let foreign = ''
  await other.send('GET', OWN, undefined, (input) => {
    foreign = input.headers?.[APPLICANT_HEADER] ?? ''
    return input
  })
  const part = (header: string, name: string): string => new RegExp(`${name}=([\\w-]+)`).exec(header)?.[1] ?? ''
  const swap = (name: string) => (header: string) => header.replace(part(header, name), part(foreign, name))
  const forgeries: readonly [string, (input: CallInput) => CallInput, RegExp][] = [
    ['no header', (input) => ({ ...input, headers: {} }), /^401 applicant_signature_missing$/],
    ['garbage', (input) => headers(input, () => 'v1 key=x'), /^401 applicant_signature_(missing|invalid)$/],
    [
      'very long',
      (input) => headers(input, () => 'v1 key='.padEnd(9_000, 'A')),
      /^401 applicant_signature_(missing|invalid)$/,
    ],
    ['other key', (input) => headers(input, swap('key')), /^401 applicant_signature_invalid$/],
    ['other signature', (input) => headers(input, swap('signature')), /^401 applicant_signature_invalid$/],
    [
      'made-up nonce',
      (input) => headers(input, (h) => h.replace(part(h, 'nonce'), 'A'.repeat(86))),
      /^401 applicant_nonce_unknown$/,
    ],
    [
      'other method',
      (input) => ({
        ...input,
        method: 'POST',
        body: '{}',
        headers: { ...input.headers, 'content-type': 'application/json' },
      }),
      /^401 applicant_signature_invalid$/,
    ],
    [
      'a body',
      (input) => ({ ...input, body: '{}', headers: { ...input.headers, 'content-type': 'application/json' } }),
      /^4\d\d /,
    ],
  ]
  for (const [what, forge, expected] of forgeries) {
    assert.match(codeOf(await applicant.send('GET', OWN, undefined, forge)), expected, what)
  }
  const moved = await applicant.send('GET', `${OWN}&x=1`)
  assert.equal(codeOf(moved), '400 input_invalid')
})

test('F: a call about one’s own names the environment it is about, and the name is signed', async () => {
  const { applicant: owner, number } = await enrolMachine(desk, people.post)
  const asked = [
    ['GET', ASK],
    ['GET', `${ASK}/${number}`],
    ['POST', `${ASK}/${number}/cancel`],
    ['POST', `${ASK}/${number}/certificate`],
    ['GET', '/api/enrolment/directory'],
  ] as const
  for (const [method, path] of asked) {
    assert.equal(codeOf(await owner.send(method, path)), '400 input_invalid', path)
    assert.equal(codeOf(await owner.send(method, `${path}?environment=staging`)), '400 input_invalid', path)
  }
  let sent: CallInput | undefined
  const elsewhere = await owner.send('GET', `${ASK}?environment=test`, undefined, (input) => (sent = input))
  assert.deepEqual(elsewhere.json, { items: [] })
  const turned = await call(`${desk.services.portal}${OWN}`, sent)
  assert.equal(codeOf(turned), '401 applicant_signature_invalid')
})

test('a body that was changed after it was signed is refused, and nothing is stored', async () => {
  const before = await pending()
  const { csr } = await applicant.credential({ commonName: workstationName() })
  const answer = await applicant.submit(people.post.kit, csr)
  assert.equal(answer.status, 200)
  const altered = await applicant.send('POST', ASK, { csr }, (input) => ({
    ...input,
    body: Buffer.concat([input.body as Buffer, Buffer.from(' ')]),
  }))
  assert.equal(codeOf(altered), '401 applicant_signature_invalid')
  assert.equal(await pending(), before + 1)
})

test('the next nonce travels with every answer, refusals included', async () => {
  for (const forge of [(input: CallInput) => input, (input: CallInput) => ({ ...input, headers: {} })]) {
    const answer = await applicant.send('GET', OWN, undefined, forge)
    assert.match(String(answer.headers[NONCE_HEADER]), /^[\w-]{20,200}$/)
  }
})

test('a nonce ends after ten minutes', async (t) => {
  let sent: CallInput | undefined
  await applicant.send('GET', OWN, undefined, (input) => {
    sent = input
    return { ...input, headers: {} }
  })
  await desk.moveClock(11 * 60_000)
  t.after(() => desk.moveClock(-11 * 60_000))
  assert.equal(codeOf(await call(`${desk.services.portal}${OWN}`, sent)), '401 applicant_nonce_unknown')
})

test('another applicant’s request does not exist: not to see, cancel, fetch or confirm', async () => {
  const machine = await enrolMachine(desk, people.post)
  const one = (act = ''): string => `${ASK}/${machine.number}${act}${IN_PRODUCTION}`
  const serial = machine.serial
  const answers = [
    await applicant.send('GET', one()),
    await applicant.send('POST', one('/cancel')),
    await applicant.send('POST', one('/certificate')),
    await applicant.send('POST', one('/confirm'), { how: 'installed', serial }),
  ]
  for (const answer of answers) assert.match(codeOf(answer), /^404 (not_found|applicant_not_owner)$/)
  const never = await applicant.send('GET', `${ASK}/999999${IN_PRODUCTION}`)
  assert.deepEqual(answers[0]!.json, never.json, 'one that exists and one that never did look alike')
})

test('a request that is no request is refused with its reason, and nothing is stored', async () => {
  const before = await pending()
  const der = (hex: string): string => pemEncode('CERTIFICATE REQUEST', Buffer.from(hex, 'hex'))
  const { csr } = await applicant.credential({ commonName: workstationName() })
  const bytes = Buffer.from(csr.replace(/-----.*?-----|\s/g, ''), 'base64')
  const flipped = (at: number): string => {
    const copy = Buffer.from(bytes)
    copy[copy.length + at]! ^= 1
    return pemEncode('CERTIFICATE REQUEST', copy)
  }
  for (const [what, input, code] of [
    ['no PEM', 'x', /pem_malformed|csr_unreadable/],
    ['empty', '', /./],
    ['another label', csr.replaceAll('CERTIFICATE REQUEST', 'CERTIFICATE'), /./],
    ['empty DER', der(''), /./],
    [
      '10 000 levels deep',
      pemEncode('CERTIFICATE REQUEST', nested(10_000)),
      /csr_unreadable|der_too_deep|der_malformed/,
    ],
    ['deep, indefinite', der('3080'.repeat(9_000)), /csr_unreadable|der_/],
    ['a length of 4 GiB', der('3084ffffffff00'), /csr_unreadable|der_/],
    ['cut', pemEncode('CERTIFICATE REQUEST', bytes.subarray(0, 100)), /csr_unreadable|der_/],
    [
      'with a tail',
      pemEncode('CERTIFICATE REQUEST', Buffer.concat([bytes, Buffer.from([5, 0])])),
      /csr_unreadable|der_/,
    ],
    ['wrongly signed', flipped(-1), /csr_signature_invalid|csr_unreadable|der_/],
    ['70 KiB', `${csr}${'A'.repeat(70_000)}`, /input_invalid/],
  ] as const) {
    const answer = await applicant.submit(people.post.kit, input)
    assert.ok(answer.status >= 400 && answer.status < 500, `${what}: ${answer.text}`)
    assert.match(answer.json.code, code, what)
  }
  const huge = await applicant.send('POST', ASK, { csr: 'A'.repeat(1_100_000) })
  assert.equal(codeOf(huge), '413 body_too_large')
  assert.equal(await pending(), before)
})

function nested(depth: number): Buffer {
  let der = Buffer.alloc(0)
  for (let level = 0; level < depth; level++) {
    const { length } = der
    const head =
      length < 128 ? [0x30, length] : length < 256 ? [0x30, 0x81, length] : [0x30, 0x82, length >> 8, length & 255]
    der = Buffer.concat([Buffer.from(head), der])
  }
  return der
}

test('a kit that is unknown, altered, of another secret, withdrawn, used up or expired lets nobody ask', async (t) => {
  const { csr } = await applicant.credential({ commonName: workstationName() })
  const { kit } = people.post
  const refusal = async (changed: typeof kit): Promise<string> => codeOf(await applicant.submit(changed, csr))
  assert.equal(await refusal({ ...kit, kit: { ...kit.kit, id: 'A'.repeat(22) } }), '403 kit_unknown')
  assert.equal(await refusal({ ...kit, kit: { ...kit.kit, secret: 'A'.repeat(43) } }), '403 kit_unknown')
  assert.match(await refusal({ ...kit, rules: { ...kit.rules, organisationalUnit: 'Server' } }), /^422 kit_altered$/)

  const once = await makeKit(people.administrator, people.post.id, { uses: 1 })
  const one = await applicant.credential({ commonName: workstationName() })
  assert.equal((await applicant.submit(once, one.csr)).status, 200)
  assert.equal(await refusal(once), '403 kit_used_up')

  const withdrawn = await makeKit(people.administrator, people.post.id)
  await people.administrator.post(`/api/kits/${withdrawn.kit.id}/withdraw`)
  assert.equal(await refusal(withdrawn), '403 kit_withdrawn')

  const short = await makeKit(people.administrator, people.post.id, { validityDays: 1 })
  await desk.moveClock(2 * 86_400_000)
  t.after(() => desk.moveClock(-2 * 86_400_000))
  await applicant.send('GET', OWN) // its nonce is two days old: this brings a new one
  assert.equal(await refusal(short), '403 kit_expired')
})

test('a secret given with a request stands in no log', async () => {
  const { csr } = await applicant.credential({ commonName: workstationName() })
  await applicant.submit(people.post.kit, csr)
  const log = desk.log.join('')
  for (const secret of [
    people.post.kit.kit.secret,
    people.administrator.cookie.split('=')[1]!,
    desk.inviteLink.split('#')[1]!,
  ]) {
    assert.ok(!log.includes(secret))
  }
})

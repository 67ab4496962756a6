import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { pemDecode } from '@scel/pki/bytes'
import { validatePath } from '@scel/pki/path'
import { parseCertificate } from '@scel/pki/x509'
import {
  acceptInvitation,
  enrolMachine,
  type Furnished,
  furnish,
  makeApplicant,
  startDesk,
  type TestDesk,
  visitorOf,
} from '../../testing/index.ts'

let desk: TestDesk
let people: Furnished
before(async () => {
  desk = await startDesk()
  people = await furnish(desk)
})
after(() => desk.stop())

const OWN = '/api/enrolment/directory?environment=production'
const parsed = (pem: string) => parseCertificate(pemDecode(pem)[0]!.der)

test('what the directory answers can be checked up to the root, for sealing', async () => {
  const { json, status } = await people.post.manager.get('/api/directory')
  assert.equal(status, 200)
  assert.equal(json.items.length, 3)
  for (const { certificate } of json.items) {
    const leaf = parsed(certificate.pem)
    const [anchors, intermediates] = [[parsed(desk.root)], json.issuers.map(parsed)]
    const question = { leaf, anchors, intermediates, at: new Date(), revocation: 'not-asked' } as const
    await validatePath({ ...question, purpose: 'emailEncryption' })
    await validatePath({ ...question, purpose: 'emailSigning' })
  }
})

test('whoever has the longest of names, in letters that fold into many, ends no list', async () => {
  const { administrator } = people
  const names = ['ﷺ'.repeat(64), '각'.repeat(64), 'Ж'.repeat(64)]
  for (const [at, name] of names.entries()) {
    const made = await administrator.post('/api/people', { role: 'auditor', name, email: `long-${at}@desk.example` })
    assert.equal(made.status, 200, made.json.code)
    await acceptInvitation(desk, made.json.invitation.link)
  }
  for (const path of ['/api/directory', '/api/people']) {
    const seen: string[] = []
    let next: string | undefined = ''
    while (next !== undefined) {
      const { status, json } = await administrator.get(
        `${path}?size=1&after=${encodeURIComponent(next)}`.replace(/&after=$/, ''),
      )
      assert.equal(status, 200, json.code)
      seen.push(...json.items.map((one: { name: string }) => one.name))
      next = json.next
    }
    const whole = (await administrator.get(`${path}?size=200`)).json.items
    assert.deepEqual(
      seen,
      whole.map((one: { name: string }) => one.name),
    )
    for (const name of names) assert.ok(seen.includes(name), path)
  }
})

test('a computer with a certificate asks by its applicant key; one without is told why not', async () => {
  const { applicant } = await enrolMachine(desk, people.post)
  const { json } = await applicant.send('GET', `${OWN}&search=manager`)
  assert.deepEqual(
    json.items.map(({ organisation }: { organisation: { code: string } }) => organisation.code),
    ['J1CFRA'],
  )
  const [
    {
      addresses: [email],
    },
  ] = json.items
  assert.equal((await applicant.send('GET', `${OWN}&email=${encodeURIComponent(email)}`)).json.items.length, 1)
  const stranger = await (await makeApplicant(desk)).send('GET', OWN)
  assert.deepEqual([stranger.status, stranger.json.code], [403, 'applicant_without_certificate'])
  const forged = await applicant.send('GET', `${OWN}&search=a`, undefined, (input) => ({ ...input, method: 'HEAD' }))
  assert.equal(forged.status, 401)
})

test('the directory is closed to strangers, and to input that is none', async () => {
  assert.equal((await visitorOf(desk).get('/api/directory')).json.code, 'sign_in_required')
  assert.equal((await visitorOf(desk).get(OWN)).json.code, 'applicant_signature_missing')
  for (const query of ['?email=x', '?organisation=x', '?size=0', '?who=me']) {
    assert.equal((await people.auditor.get(`/api/directory${query}`)).json.code, 'input_invalid', query)
  }
})

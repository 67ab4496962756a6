import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as contract from '@scel/contract/routes'
import { type Answer, acceptInvitation, call, startDesk, type TestDesk, type Visitor } from '../../testing/index.ts'

let desk: TestDesk
let folder: string
let administrator: Visitor
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scel-portal-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>portal</title>')
  await writeFile(join(folder, 'assets', 'main-abc123.js'), 'export {}')
  await writeFile(join(folder, 'seal.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
  await writeFile(join(folder, '.hidden'), 'hidden')
  desk = await startDesk({ portalFolder: folder })
  administrator = await acceptInvitation(desk, desk.inviteLink)
})
after(async () => {
  await desk.stop()
  await rm(folder, { recursive: true })
})

const open = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
  call(`${desk.services.portal}${path}`, { ca: desk.root, headers })
const PAGE = { accept: 'text/html,*/*' }

test('a page of the portal is its index, a file is a file, and what is neither is a problem', async () => {
  for (const path of ['/', '/requests', '/requests/12', '/invitation', '/sign-in?refused=certificate_missing']) {
    const { status, text, headers } = await open(path, PAGE)
    assert.equal(status, 200, path)
    assert.match(text, /<title>portal/)
    assert.equal(headers['cache-control'], 'no-store', path)
  }
  const script = await open('/assets/main-abc123.js')
  assert.match(String(script.headers['content-type']), /javascript/)
  assert.match(String(script.headers['cache-control']), /immutable/)
  assert.equal((await open('/seal.svg')).headers['cache-control'], 'no-store')
  for (const path of [
    '/assets/missing.js',
    '/api/nothing',
    '/errors/nothing',
    '/.hidden',
    '/.git/config',
    '/index.php',
    '/assets/',
  ]) {
    const { status, json } = await open(path, PAGE)
    assert.ok(status === 404 && json.code.length > 0, path)
  }
  // A program that asks for no page gets no page.
  assert.equal((await open('/requests', { accept: 'application/json' })).status, 404)
})

test('no address leads out of the portal’s folder', async () => {
  for (const path of [
    '/..%2f..%2fpackage.json',
    '/..%252f..%252fetc/passwd.x',
    '/assets/..%5c..%5cx.json',
    '/%00.json',
  ]) {
    const { status, text } = await open(path, PAGE)
    assert.ok(status >= 400, `${path} ${status}`)
    assert.doesNotMatch(text, /root:|"name":/)
  }
})

test('every answer of the portal’s door carries the headers that keep a page to itself', async () => {
  for (const path of [
    '/',
    '/api/desk',
    '/api/session',
    '/nothing.txt',
    '/assets/main-abc123.js',
    '/api/openapi.json',
  ]) {
    const { headers } = await open(path, PAGE)
    const policy = new Map(
      String(headers['content-security-policy'])
        .split(';')
        .map((directive) => {
          const [name, ...values] = directive.trim().split(' ')
          return [name, values.join(' ')] as const
        }),
    )
    assert.equal(policy.get('default-src'), "'self'", path)
    assert.equal(policy.get('script-src'), "'self'")
    assert.equal(policy.get('script-src-attr'), "'none'")
    assert.equal(policy.get('object-src'), "'none'")
    assert.equal(policy.get('base-uri'), "'none'")
    assert.equal(policy.get('frame-ancestors'), "'none'")
    assert.equal(policy.get('connect-src'), "'self'")
    assert.equal(policy.get('form-action'), `'self' ${desk.services.mutual}`)
    assert.doesNotMatch([...policy.values()].join(), /unsafe-eval|https?:\/\/(?!localhost)|\*/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.equal(headers['x-frame-options'], 'DENY')
    assert.equal(headers['cross-origin-opener-policy'], 'same-origin')
    assert.equal(headers['cross-origin-resource-policy'], 'same-origin')
    assert.equal(headers['referrer-policy'], 'strict-origin')
    assert.match(String(headers['permissions-policy']), /camera=\(\)/)
    // The name has HTTP on another port; see security-headers.ts.
    assert.equal(headers['strict-transport-security'], undefined)
    assert.equal(headers['access-control-allow-origin'], undefined)
    assert.equal(headers.server, undefined)
    assert.equal(headers['x-powered-by'], undefined)
  }
})

test('another site is given no leave to read: no answer to a preflight', async () => {
  const answer = await call(`${desk.services.portal}/api/session`, {
    method: 'OPTIONS',
    ca: desk.root,
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'DELETE' },
  })
  assert.equal(answer.status, 404)
  assert.equal(answer.headers['access-control-allow-origin'], undefined)
})

test('a browser that came under another name is sent to the portal’s own', async () => {
  const { port } = new URL(desk.services.portal)
  const came = (path: string, headers: Record<string, string>): Promise<Answer> =>
    open(path, { host: `127.0.0.1:${port}`, ...headers })
  const sent = await came('/requests?state=pending', { ...PAGE, 'sec-fetch-mode': 'navigate' })
  assert.deepEqual([sent.status, sent.headers.location], [307, `${desk.services.portal}/requests?state=pending`])
  const tricked = await came('//evil.example/x', { ...PAGE, 'sec-fetch-mode': 'navigate' })
  assert.equal(tricked.headers.location, `${desk.services.portal}/evil.example/x`)
  assert.equal((await came('/api/desk', {})).status, 200)
})

test('the description of the API names every route of the contract, and only those', async () => {
  const { json } = await open('/api/openapi.json')
  const described = Object.entries(json.paths as Record<string, Record<string, unknown>>)
    .flatMap(([path, { servers: _, ...methods }]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    .filter((line) => line.includes('/api/'))
  const agreed = Object.values(contract as Record<string, unknown>)
    .filter((route): route is contract.Route => typeof route === 'object' && route !== null && 'access' in route)
    .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
  assert.deepEqual(described.sort(), agreed.sort())
})

test('an invitation is looked at as often as one likes, and spent once', async () => {
  const invited = await administrator.post('/api/people', { name: 'B', email: 'b@example.org', role: 'auditor' })
  const { link } = invited.json.invitation as { link: string }
  assert.ok(link.startsWith(`${desk.services.portal}/invitation#`))
  const token = link.split('#')[1]
  const inspect = () => administrator.post('/api/invitations/inspect', { token })
  for (const answer of [await inspect(), await inspect()]) assert.equal(answer.json.email, 'b@example.org')
  // A mail scanner that opens the link sends no fragment, and gets a page.
  assert.equal((await open('/invitation', PAGE)).status, 200)
  const auditor = await acceptInvitation(desk, link)
  assert.equal((await auditor.get('/api/session')).json.person.grants[0].role, 'auditor')
  await assert.rejects(acceptInvitation(desk, link), /invitation_spent/)
  assert.equal((await inspect()).json.code, 'invitation_spent')
})

test('signing out ends the session for good, and ending it elsewhere does too', async () => {
  const invited = await administrator.post('/api/people', { name: 'C', email: 'c@example.org', role: 'auditor' })
  const visitor = await acceptInvitation(desk, invited.json.invitation.link)
  const out = await visitor.delete('/api/session')
  assert.match(String(out.headers['set-cookie']), /Max-Age=0/)
  assert.equal((await visitor.get('/api/session')).json.code, 'session_ended')

  const renewed = await administrator.post(`/api/people/${invited.json.person.id}/invitation`)
  const again = await acceptInvitation(desk, renewed.json.invitation.link)
  const { json } = await administrator.get('/api/sessions?everyone=true')
  const theirs = json.items.find(({ person }: { person: { email: string } }) => person.email === 'c@example.org')
  assert.equal((await administrator.delete(`/api/sessions/${theirs.id}`)).status, 200)
  assert.equal((await again.get('/api/session')).json.code, 'session_ended')
})

test('a download has a name, a type, and nothing that runs', async () => {
  const { json } = await administrator.get('/api/certificates?profile=person')
  for (const [form, type] of [
    ['cer', 'pkix-cert'],
    ['pem', 'pem'],
    ['chain', 'pem'],
  ] as const) {
    const { status, headers } = await administrator.get(`/api/certificates/${json.items[0].id}/file?form=${form}`)
    assert.equal(status, 200)
    assert.match(String(headers['content-type']), new RegExp(type))
    assert.match(String(headers['content-disposition']), /^attachment; filename="[\w.-]+"; filename\*=UTF-8''/)
    assert.equal(headers['x-content-type-options'], 'nosniff')
  }
})

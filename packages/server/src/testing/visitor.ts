import { type Answer, type CallInput, call } from './call.ts'
import { makeCredential } from './credential.ts'
import type { TestDesk } from './start-desk.ts'

type Where = Pick<TestDesk, 'services' | 'root'>

/** Somebody at the portal, or nobody in particular: calls the API, as a program that is no browser. */
export interface Visitor {
  /** Value of the `Cookie` header; empty when not signed in. */
  readonly cookie: string
  /** PEM of their certificate with its issuers, and its key; empty when they have none. */
  readonly certificate: string
  readonly key: string
  get(path: string, input?: CallInput): Promise<Answer>
  post(path: string, body?: unknown, input?: CallInput): Promise<Answer>
  delete(path: string, input?: CallInput): Promise<Answer>
}

/** Somebody with this cookie and certificate. */
export function visitorOf(desk: Where, who: Partial<Pick<Visitor, 'cookie' | 'certificate' | 'key'>> = {}): Visitor {
  const { cookie = '', certificate = '', key = '' } = who
  const at = (path: string, input: CallInput): Promise<Answer> =>
    call(`${desk.services.portal}${path}`, {
      ca: desk.root,
      ...input,
      headers: { ...(cookie && { cookie }), ...input.headers },
    })
  return {
    cookie,
    certificate,
    key,
    get: (path, input = {}) => at(path, input),
    post: (path, body, input = {}) => at(path, { method: 'POST', body, ...input }),
    delete: (path, input = {}) => at(path, { method: 'DELETE', ...input }),
  }
}

/**
 * Spends a one-time link as the portal does, and answers the person, signed in. Of one that does not say for whom it is, as somebody at
 * `administrator@desk.example`.
 *
 * @param link the whole link, or its token
 */
export async function acceptInvitation(desk: Where, link: string): Promise<Visitor> {
  const { csr, key } = await makeCredential()
  const token = link.split('#').at(-1)
  const visitor = visitorOf(desk)
  const { json: invited } = await visitor.post('/api/invitations/inspect', { token })
  const said = (invited as { unnamed?: boolean }).unnamed ? { email: 'administrator@desk.example' } : {}
  const answer = await visitor.post('/api/invitations/accept', { token, csr, ...said })
  if (answer.status !== 200) throw new Error(`the invitation was refused: ${answer.text}`)
  const { certificate, chain } = answer.json as { certificate: string; chain: string[] }
  return visitorOf(desk, { cookie: cookieOf(answer), certificate: [certificate, ...chain.slice(0, -1)].join(''), key })
}

/** Signs in at the mutual door with a certificate, as the portal's form does. */
export async function signIn(desk: Where, { certificate, key }: Pick<Visitor, 'certificate' | 'key'>): Promise<Answer> {
  return call(`${desk.services.mutual}/sign-in`, {
    method: 'POST',
    headers: { origin: desk.services.portal, 'content-type': 'application/x-www-form-urlencoded' },
    body: '',
    ca: desk.root,
    cert: certificate,
    key,
  })
}

/** The session cookie an answer sets, as a `Cookie` header; empty when it sets none. */
export const cookieOf = ({ headers }: Answer): string => (headers['set-cookie'] ?? []).join().split(';')[0] ?? ''

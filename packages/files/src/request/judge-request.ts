import type { RequestFinding, RequestNotice, RequestRefusal } from './finding.ts'
import { judgeKey } from './judge-key.ts'
import { firstHostName, judgeCommonName, judgeHostNames, nameOutside, namesNotGranted } from './judge-names.ts'
import { judgeSubject, nameless } from './judge-subject.ts'
import { judgeUsages } from './judge-usages.ts'
import type { RequestFile } from './read-request-file.ts'
import type { RequestContent } from './request-content.ts'
import type { RequestRules } from './rules.ts'

/** What a certificate will say of its holder, of what the request says. */
export interface GrantedRequest {
  readonly commonName: string
  /** dNSNames. */
  readonly names: readonly string[]
  readonly state?: string
  readonly locality?: string
}

/** What becomes of the wishes of a request: what is granted, or why it is refused, in the order in which the desk refuses. */
export type Judgement = { readonly notices: readonly RequestNotice[] } & (
  | { readonly granted: GrantedRequest; readonly refused?: never }
  | { readonly granted?: never; readonly refused: Refusals }
)

type Refusals = readonly [RequestRefusal, ...RequestRefusal[]] | readonly [...RequestRefusal[], RequestRefusal]

/**
 * What a desk with these rules would say of a request, before it is sent: what would have it refused, and what the certificate will not
 * have, or has besides. What the desk remembers of key, subject and names, it alone knows.
 * @example judgeRequest(await readRequestFile(bytes), rules).filter(({ level }) => level === 'refused')
 */
export function judgeRequest(file: RequestFile, rules: RequestRules): RequestFinding[] {
  const { refused = [], notices } = judgeWishes(file, rules)
  return [judgeKey(file.key, rules.keys), judgePossession(file), ...refused, ...notices]
}

/** The same of all but its key and who holds it. */
export function judgeWishes(said: RequestContent, rules: RequestRules): Judgement {
  const { given, refused: ofSubject } = judgeSubject(said.attributes, rules.subject)
  const { commonName: asked, ...places } = given
  const name = asked ?? (rules.commonName === 'host-name' ? firstHostName(said.names) : undefined)
  const called = name === undefined ? nameless(rules.commonName) : judgeCommonName(name, rules.commonName)
  const early = [...judgeApplicant(said, rules), ...ofSubject]
  const usages = judgeUsages(said, rules)
  const isNamed = rules.names === 'dNSName'
  if ('code' in called) {
    return { refused: [...early, called], notices: [...(isNamed ? [] : namesNotGranted(said.names)), ...usages] }
  }
  const { commonName } = called
  const granted = isNamed
    ? judgeHostNames(commonName, said.names)
    : { names: [], refused: [], notices: namesNotGranted(said.names) }
  const outside = rules.suffixes && nameOutside(granted.names, rules.suffixes)
  const late = outside ? [{ level: 'refused', code: 'name_outside_organisation', facts: outside } as const] : []
  const [first, ...more]: RequestRefusal[] = [...early, ...granted.refused, ...late]
  const taken: RequestNotice[] =
    asked === undefined ? [{ code: 'common_name_from_names', level: 'notice', facts: { name: commonName } }] : []
  const notices = [...taken, ...granted.notices, ...usages]
  if (first) return { refused: [first, ...more], notices }
  return { granted: { commonName, names: granted.names, ...places }, notices }
}

/** A request that names an applicant key was made for that one by a program of ours: nobody sends it as a request made elsewhere. */
function judgeApplicant({ otherAttributes }: RequestContent, { applicant }: RequestRules): RequestRefusal[] {
  if (!applicant || applicant.allowed || !otherAttributes.includes(applicant.attribute)) return []
  return [{ level: 'refused', code: 'csr_applicant_mismatch', facts: {} }]
}

function judgePossession({ possession, signature }: RequestFile): RequestFinding {
  switch (possession) {
    case 'proved':
      return { level: 'good', code: 'possession_proved', facts: {} }
    case 'failed':
      return { level: 'refused', code: 'csr_signature_invalid', facts: {} }
    case 'unsupported':
      return { level: 'refused', code: 'csr_unreadable', facts: { what: `signature ${signature}` } }
  }
}

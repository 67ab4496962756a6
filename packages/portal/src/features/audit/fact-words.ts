import type { AuditFact, AuthorityPurpose, Profile, RevocationReason, Role } from '@scel/contract/values'
import type { Text as Say, TitleText } from '../../lib/languages/index.ts'

/** What facts are put into words with. */
export interface Speech {
  readonly text: Say
  readonly title: TitleText
  readonly profiles: readonly Profile[]
}

type Words<Value extends string> = Readonly<Record<Value, string>>

/** A fact's value in words, where it is one of a fixed few; otherwise as it was written. */
export function factWords(
  { text, title, profiles }: Speech,
  fact: AuditFact,
  value: string | number | boolean,
): string {
  if (fact === 'profile') {
    const profile = profiles.find(({ name }) => name === value)
    return profile ? title(profile.title) : String(value)
  }
  if (typeof value === 'boolean') return text(value ? 'audit.yes' : 'audit.no')
  // Lines by their numbers; what else they are told by is for the desk.
  if (fact === 'blocks') return String(value).replace(/:\S*/g, '')
  const words = WORDS[fact]?.(text) ?? {}
  return Object.hasOwn(words, value) ? words[value]! : String(value)
}

const WORDS: { readonly [Fact in AuditFact]?: (text: Say) => Words<string> } = {
  purpose: (text): Words<AuthorityPurpose> => ({
    root: text('authorities.purpose.root'),
    machines: text('authorities.purpose.machines'),
    people: text('authorities.purpose.people'),
    desk: text('authorities.purpose.desk'),
  }),
  // Of a revocation the name that RFC 5280 gives it; of a rejection the words of whoever decided, left as they are.
  reason: (text): Words<RevocationReason | 'replaced' | 'keyOfAnother' | 'nameOfDesk'> => ({
    unspecified: text('reason.unspecified'),
    keyCompromise: text('reason.keyCompromise'),
    affiliationChanged: text('reason.affiliationChanged'),
    superseded: text('reason.superseded'),
    cessationOfOperation: text('reason.cessationOfOperation'),
    privilegeWithdrawn: text('reason.privilegeWithdrawn'),
    replaced: text('audit.reason.replaced'),
    keyOfAnother: text('audit.reason.keyOfAnother'),
    nameOfDesk: text('audit.reason.nameOfDesk'),
  }),
  role: (text): Words<Role> => ({
    administrator: text('role.administrator'),
    manager: text('role.manager'),
    auditor: text('role.auditor'),
  }),
}

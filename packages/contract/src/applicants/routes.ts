import { Type } from 'typebox'
import { Ok, Paragraph, SeenMark } from '../basics/basics.ts'
import { person, route } from '../routing/route.ts'
import { BlockedApplicant, Thumbprint } from './values.ts'

const Params = Type.Object({ applicant: Thumbprint })

/** A manager blocks a key for their organisation, an administrator for all of them. */
export const blockApplicant = route({
  method: 'POST',
  path: '/api/applicants/:applicant/block',
  summary: 'Refuse what an applicant key asks for from now on, with the reason',
  tag: 'applicants',
  access: person('block_keys'),
  params: Params,
  body: Type.Object({ reason: Paragraph(1000) }),
  output: Ok,
})

/** The block that was seen, and no other: another one on the same key stays. */
export const liftApplicant = route({
  method: 'POST',
  path: '/api/applicants/:applicant/lift',
  summary: 'Let a blocked applicant key ask again',
  tag: 'applicants',
  access: person('block_keys'),
  params: Params,
  body: Type.Object({ mark: SeenMark }),
  output: Ok,
})

/** Newest first, at most 200. */
export const listBlockedApplicants = route({
  method: 'GET',
  path: '/api/applicants/blocked',
  summary: 'Blocked applicant keys',
  tag: 'applicants',
  access: person('read_blocked_keys'),
  output: Type.Object({ items: Type.Array(BlockedApplicant) }),
})

import { Type } from 'typebox'
import { Cursor, Id, Line, Ok, PageOf, PageSize, Paragraph, SeenMark } from '../basics/basics.ts'
import { KeyChoice } from '../basics/keys.ts'
import { KitFile } from '../kit/kit-file.ts'
import { StoreType } from '../kit/store-type.ts'
import { ProfileName } from '../profiles/values.ts'
import { person, route } from '../routing/route.ts'
import { Kit, KitState } from './values.ts'

export const listKits = route({
  method: 'GET',
  path: '/api/kits',
  summary: 'Enrolment kits',
  tag: 'kits',
  access: person('read_kits'),
  query: Type.Object({
    search: Type.Optional(Line(100, 0)),
    organisation: Type.Optional(Id),
    service: Type.Optional(Id),
    state: Type.Optional(KitState),
    after: Cursor,
    size: PageSize,
  }),
  output: PageOf(Kit),
})

/** For a profile that kits may ask for, which says how the common name comes about. The file holds the kit's secret and is handed out only now. */
export const createKit = route({
  method: 'POST',
  path: '/api/kits',
  summary: 'Build an enrolment kit',
  once: true,
  tag: 'kits',
  access: person('make_kits'),
  body: Type.Object({
    name: Line(100),
    organisation: Id,
    service: Type.Optional(Id),
    profile: ProfileName,
    store: StoreType,
    keys: Type.Array(KeyChoice, { minItems: 1, maxItems: 5, uniqueItems: true }),
    proposedKey: KeyChoice,
    uses: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
    validityDays: Type.Integer({ minimum: 1, maximum: 825 }),
    standingApproval: Type.Optional(Type.Boolean()),
  }),
  output: Type.Object({ kit: Kit, file: KitFile, fileName: Type.String() }),
})

/** Where the desk has several administrators, a standing approval decides nothing before another one has confirmed it. */
export const confirmKit = route({
  method: 'POST',
  path: '/api/kits/:id/confirm',
  summary: 'Confirm the standing approval that another administrator asked for',
  tag: 'kits',
  access: person('confirm_kits'),
  params: Type.Object({ id: Id }),
  body: Type.Object({ mark: SeenMark }),
  output: Ok,
})

export const refuseKit = route({
  method: 'POST',
  path: '/api/kits/:id/refuse',
  summary: 'Refuse a standing approval that waits for confirmation: its requests wait for a person',
  tag: 'kits',
  access: person('confirm_kits'),
  params: Type.Object({ id: Id }),
  body: Type.Object({ mark: SeenMark }),
  output: Ok,
})

export const getKit = route({
  method: 'GET',
  path: '/api/kits/:id',
  summary: 'One enrolment kit',
  tag: 'kits',
  access: person('read_kits'),
  params: Type.Object({ id: Id }),
  output: Kit,
})

/** Whoever holds a kit with standing approval makes certificates; from now on its requests wait for a person. */
export const endStandingApproval = route({
  method: 'POST',
  path: '/api/kits/:id/end-standing-approval',
  summary: 'Take a kit’s standing approval away, for good',
  tag: 'kits',
  access: person('end_standing_approvals'),
  params: Type.Object({ id: Id }),
  output: Kit,
})

/** Those that the caller may decide; their own stay. */
export const rejectRequestsOfKit = route({
  method: 'POST',
  path: '/api/kits/:id/reject-requests',
  summary: 'Reject every pending request of a kit, with the reason',
  tag: 'kits',
  access: person('decide_requests'),
  params: Type.Object({ id: Id }),
  body: Type.Object({ reason: Paragraph(1000) }),
  output: Type.Object({ rejected: Type.Integer(), left: Type.Integer() }),
})

export const withdrawKit = route({
  method: 'POST',
  path: '/api/kits/:id/withdraw',
  summary: 'Withdraw a kit: it lets nobody ask any more',
  tag: 'kits',
  access: person('withdraw_kits'),
  params: Type.Object({ id: Id }),
  output: Ok,
})

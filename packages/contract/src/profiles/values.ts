import { type Static, Type } from 'typebox'
import { Line } from '../basics/basics.ts'
import { KeyChoice } from '../basics/keys.ts'
import { oneOf } from '../basics/one-of.ts'
import { Offers } from './choices.ts'

/** What a certificate may contain, by its name: which profiles there are is data of each desk. */
const NAME = '^[a-z][a-z0-9-]{0,39}$'
export const ProfileName = Type.String({ pattern: NAME, maxLength: 40 })
export type ProfileName = Static<typeof ProfileName>
/** Whether a text may be the name of a profile; whether there is one, the desk knows. */
export const isProfileName = (text: unknown): text is ProfileName =>
  typeof text === 'string' && text.length <= 40 && new RegExp(NAME).test(text)

/** What something is called, in each language. */
export const Title = Type.Object({ en: Line(60), fr: Line(60) }, { additionalProperties: false })
export type Title = Static<typeof Title>

/** A profile as things refer to it: with its title, so that nobody has to look it up. */
export const ProfileRef = Type.Object({ name: ProfileName, title: Title }, { additionalProperties: false })
export type ProfileRef = Static<typeof ProfileRef>

/** Whom or what its certificates are for. */
export const ProfileFamily = oneOf(['machine', 'service', 'person', 'desk'])
export type ProfileFamily = Static<typeof ProfileFamily>

/** How the common name comes about: a fingerprint of the machine, its public host name, a person's name, the desk's own. */
export const CommonNameForm = oneOf(['machine-fingerprint', 'host-name', 'person-name', 'desk'])
export type CommonNameForm = Static<typeof CommonNameForm>

/** A profile as it is shown and offered. */
export const Profile = Type.Object({
  name: ProfileName,
  title: Title,
  description: Type.Object({ en: Line(300), fr: Line(300) }, { additionalProperties: false }),
  family: ProfileFamily,
  commonName: CommonNameForm,
  keys: Type.Array(KeyChoice),
  proposedKey: KeyChoice,
  validityDays: Type.Integer(),
  offers: Type.Optional(Offers),
  keyUsages: Type.Object(
    { rsa: Type.Array(Type.String()), ec: Type.Array(Type.String()) },
    { description: 'usages of its certificates, by kind of key' },
  ),
  extendedUsages: Type.Array(Type.String()),
  names: Type.String({ description: 'what the alternative names hold: dNSName, or none' }),
  organisationalUnit: Type.Optional(Type.String({ description: 'what the subject says of the kind of thing' })),
  kits: Type.Boolean({ description: 'whether a kit may let machines ask for it' }),
  standingApproval: Type.Boolean({ description: 'whether such a kit may decide by itself' }),
  managers: Type.Boolean({
    description: 'whether managers see, decide and revoke those of their organisation; otherwise administrators alone',
  }),
  revocable: Type.Boolean({ description: 'whether people revoke it' }),
})
export type Profile = Static<typeof Profile>

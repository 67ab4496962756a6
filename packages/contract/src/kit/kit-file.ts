import { toHex, utf8 } from '@scel/pki/bytes'
import { digest } from '@scel/pki/crypto'
import { type Static, Type } from 'typebox'
import { CountryCode, Id, Instant, Line, Secret, Sha256 } from '../basics/basics.ts'
import { Environment } from '../basics/environment.ts'
import { KeyChoice } from '../basics/keys.ts'
import { oneOf } from '../basics/one-of.ts'
import { Offers } from '../profiles/choices.ts'
import { ProfileRef } from '../profiles/values.ts'
import { SignedStatement } from './desk-statement.ts'
import { CommonNameRule, StoreType } from './store-type.ts'

const Usages = Type.Array(Line(40), { maxItems: 9 })

/** What a kit lays down. The desk reads it from its own record; the copy in the file is for the client's forms. */
export const KitRules = Type.Object(
  {
    environment: Environment,
    organisation: Type.Object({ code: Line(32), name: Line(64) }),
    country: CountryCode,
    profile: ProfileRef,
    /** SHA-256 of all else that the profile says of a certificate, hex: that it is another tells the desk that its file was changed. */
    form: Sha256,
    store: StoreType,
    commonName: CommonNameRule,
    /** OU of the subject beside the organisation’s; absent where the profile lays none down. */
    organisationalUnit: Type.Optional(Line(64)),
    /** By kind of key, as of the profile: a key of elliptic curves enciphers none. */
    keyUsage: Type.Object({ rsa: Usages, ec: Usages }, { additionalProperties: false }),
    extendedKeyUsage: Usages,
    keys: Type.Array(KeyChoice, { minItems: 1, maxItems: 5, uniqueItems: true }),
    proposedKey: KeyChoice,
    /** What whoever asks with it may choose; absent where the profile offers nothing. */
    offers: Type.Optional(Offers),
    /** Who decides about its requests, where no standing approval does. */
    decidedBy: oneOf(['manager', 'administrator']),
    uses: Type.Integer({ minimum: 1 }),
    expiresAt: Instant,
  },
  { additionalProperties: false },
)
export type KitRules = Static<typeof KitRules>

/** Counted up whenever a `scel` of before would not read it. */
export const KIT_FORMAT = 'scel-kit/7'

/**
 * The enrolment kit, one JSON file `*.scel-kit`: whose it is, by the desk's own word, and what it lays down. The rules are here for the
 * client's forms, and the kit's secret says that its bearer was given it.
 */
export const KitFile = Type.Object(
  {
    format: Type.Literal(KIT_FORMAT),
    desk: SignedStatement,
    kit: Type.Object(
      {
        id: Id,
        name: Line(100),
        /** Name of the service of the organisation that it was made for, as it was then. Which one it is of is in the desk's own record. */
        service: Type.Optional(Line(64)),
        secret: Secret,
      },
      { additionalProperties: false },
    ),
    rules: KitRules,
  },
  { additionalProperties: false },
)
export type KitFile = Static<typeof KitFile>

/** SHA-256, lower-case hex, over the rules as JSON with sorted keys: both sides compute it, so an altered file is told apart. */
export async function kitRulesDigest(rules: KitRules): Promise<string> {
  return toHex(await digest('SHA-256', utf8(canonicalJson(rules))))
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`).join(',')}}`
}

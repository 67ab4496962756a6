import { type Static, Type } from 'typebox'
import { Instant, Line, Origin, Pem } from '../basics/basics.ts'

// What a desk says of itself, signed under its own root. Whoever hands out a kit can write what they like into a file; what a desk is
// called, where it is and what its certificates are checked against is the desk's own word, and its id is its root.

/** The content that is signed, JSON. */
export const DeskStatement = Type.Object(
  {
    format: Type.Literal('scel-desk/1'),
    name: Line(100),
    services: Type.Object({ portal: Origin, mutual: Origin, public: Origin }, { additionalProperties: false }),
    /**
     * `production`, `test`: what certificates of an environment chain to. `desk`: what the desk's own TLS certificate chains to, for
     * programs that know roots only. `tls`: the authority that certifies the desk and nobody else, unless it was given a certificate from elsewhere.
     */
    roots: Type.Object({ production: Pem, test: Pem, desk: Pem, tls: Pem }, { additionalProperties: false }),
    saidAt: Instant,
  },
  { additionalProperties: false },
)
export type DeskStatement = Static<typeof DeskStatement>

/** A statement as it travels: SignedData with its content, DER in base64, and production's root, under which it holds. */
export const SignedStatement = Type.Object(
  { root: Pem, statement: Type.String({ pattern: '^[A-Za-z0-9+/]+={0,2}$', maxLength: 131_072 }) },
  { additionalProperties: false },
)
export type SignedStatement = Static<typeof SignedStatement>

/** A statement that was read, and whose it is. */
export interface DeskWord extends DeskStatement {
  /** The desk: SHA-256 of production's root certificate, lower-case hex. */
  readonly id: string
}

/**
 * Only certificates for this purpose, and for none besides, sign statements: the desk gives it to nobody else
 * (RFC 5280 §4.2.1.12; an OID of the UUID kind, ITU-T X.667).
 */
export const DESK_STATEMENT_PURPOSE = '2.25.104680372392879737067620841044434493737'

import { Type } from 'typebox'
import { Cursor, Id, Line, PageOf, PageSize } from '../basics/basics.ts'
import { oneOf } from '../basics/one-of.ts'
import { ProfileName } from '../profiles/values.ts'
import { person, route } from '../routing/route.ts'
import {
  CertificateDetail,
  CertificateStatus,
  CertificateSummary,
  MadeWith,
  RevocationReason,
  Revoked,
} from './values.ts'

const Params = Type.Object({ id: Id })

export const listCertificates = route({
  method: 'GET',
  path: '/api/certificates',
  summary: 'Certificates',
  tag: 'certificates',
  access: person('read_certificates'),
  query: Type.Object({
    search: Type.Optional(Line(100, 0)),
    status: Type.Optional(CertificateStatus),
    profile: Type.Optional(ProfileName),
    organisation: Type.Optional(Id),
    service: Type.Optional(Id),
    after: Cursor,
    size: PageSize,
  }),
  output: PageOf(CertificateSummary),
})

export const getCertificate = route({
  method: 'GET',
  path: '/api/certificates/:id',
  summary: 'One certificate with its chain',
  tag: 'certificates',
  access: person('read_certificates'),
  params: Params,
  output: CertificateDetail,
})

/** A file: `cer` (DER), `pem` (this certificate), `chain` (PEM, leaf then intermediates). */
export const downloadCertificate = route({
  method: 'GET',
  path: '/api/certificates/:id/file',
  summary: 'Download a certificate',
  tag: 'certificates',
  access: person('read_certificates'),
  params: Params,
  query: Type.Object({ form: oneOf(['cer', 'pem', 'chain']) }),
})

/** What whoever was signed in with this made that outlives it: kits, and people invited. Of a certificate, the credential has its id. */
export const listMadeWith = route({
  method: 'GET',
  path: '/api/credentials/:id/made-with',
  summary: 'What was made by whoever was signed in with a credential',
  tag: 'certificates',
  access: person('trace_certificates'),
  params: Params,
  output: MadeWith,
})

export const revokeCertificate = route({
  method: 'POST',
  path: '/api/certificates/:id/revoke',
  summary:
    'Revoke, with the reason. For keyCompromise, every certificate of the key ends, and one that was revoked for another reason gets this one',
  tag: 'certificates',
  access: person('revoke_certificates'),
  params: Params,
  body: Type.Object({ reason: RevocationReason }),
  output: Revoked,
})

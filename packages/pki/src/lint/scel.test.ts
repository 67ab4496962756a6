import { all, MACHINE, modulusOf, put, ROOT, rawKey, rsaKey, serial, signedBy, without } from '../../test/lint.ts'
import { casesOf, judgeRules } from '../../test/lint-judge.ts'
import { nullValue, oid, sequence } from '../asn1/index.ts'

const { passes, finds } = casesOf(MACHINE)

judgeRules('scel', [
  passes('scel/serial-entropy', serial('4100000000000000')),
  finds('scel/serial-entropy', 'short', serial('41000000000000'), { length: 7 }),
  passes('scel/key-strength', rsaKey(modulusOf(3072))),
  finds('scel/key-strength', 'key-type', rsaKey(modulusOf(1024)), { kind: 'rsa', bits: 1024 }),
  finds('scel/key-strength', 'key-type', rawKey('ed25519'), { kind: 'ed25519', bits: 256 }),
  finds('scel/key-strength', 'exponent', rsaKey(modulusOf(2048), 3n), { exponent: '3' }),
  passes('scel/signature-algorithm', (input) => input),
  // SHA-1 with RSA
  finds('scel/signature-algorithm', 'not-allowed', signedBy(sequence(oid('1.2.840.113549.1.1.5'), nullValue())), {
    oid: '1.2.840.113549.1.1.5',
  }),
  passes('scel/server-names', put('extendedKeyUsage', ['serverAuth'])),
  finds('scel/server-names', 'no-host-name', all(put('extendedKeyUsage', ['serverAuth']), without('subjectAltName'))),
  passes('scel/leaf-purpose', without('extendedKeyUsage'), ROOT),
  finds('scel/leaf-purpose', 'no-extended-key-usage', without('extendedKeyUsage')),
  finds('scel/leaf-purpose', 'no-key-usage', without('keyUsage')),
  finds('scel/leaf-purpose', 'any-purpose', put('extendedKeyUsage', ['anyExtendedKeyUsage'])),
  passes('scel/revocation-addresses', without('crlDistributionPoints')), // there is OCSP
  passes('scel/revocation-addresses', (input) => input, ROOT),
  finds('scel/revocation-addresses', 'none', all(without('crlDistributionPoints'), without('authorityInfoAccess'))),
])

// What a judgement rests on, out of the files that a person gives: certificates, revocation lists, OCSP answers.

import { type OcspResponse, parseOcspResponse } from '@scel/pki/ocsp'
import { type Certificate, type Crl, parseCertificate, parseCrl } from '@scel/pki/x509'
import type { Given } from './given.ts'
import { dersOf, itemsIn } from './material.ts'
import type { Shell } from './shell.ts'

/** All certificates of several files. @throws what reading and opening throw */
export async function certificatesOf(shell: Shell, given: Given, files: readonly string[]): Promise<Certificate[]> {
  const items = await itemsIn(shell, given, files)
  return dersOf(items, 'certificate').map(parseCertificate)
}

/** The lists and answers of --crl and --ocsp. @throws what reading and parsing throw */
export async function statusesOf(
  shell: Shell,
  given: Given,
): Promise<{ readonly crls: readonly Crl[]; readonly ocsp: readonly OcspResponse[] }> {
  const lists = await itemsIn(shell, given, given.list('crl'))
  const answers = await itemsIn(shell, given, given.list('ocsp'))
  return {
    crls: dersOf(lists, 'crl').map(parseCrl),
    ocsp: dersOf(answers, 'ocsp response').map(parseOcspResponse),
  }
}

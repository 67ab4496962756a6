import type { Sentence } from '../words/sentence.ts'
import type { CertificateErrors } from './errors.ts'

export const CERTIFICATES_FR: Readonly<Record<keyof CertificateErrors, Sentence>> = {
  certificate_row_altered: {
    says: 'Ce que la base de données dit du certificat {serial} n’est pas ce qu’une autorité de ce service a signé : quelqu’un l’a écrit ou modifié.',
    hint: 'Personne ne le fait par le service : prévenez son exploitant. Rien n’a été révoqué, car il peut s’agir d’un autre certificat : cherchez-le par son numéro de série, ou parmi ce avec quoi son détenteur se connecte.',
  },
  certificate_already_revoked: {
    says: 'Ce certificat a déjà été révoqué le {at, date, long} ({reason, select, unspecified {sans motif précisé} keyCompromise {clé compromise} affiliationChanged {changement de rattachement} superseded {remplacé} cessationOfOperation {plus utilisé} privilegeWithdrawn {droit retiré} other {{reason}}}).',
    hint: '{reason, select, keyCompromise {Il n’y a plus rien à faire.} other {Si quelqu’un d’autre peut avoir sa clé, révoquez-le de nouveau pour ce motif ; sinon, il n’y a plus rien à faire.}}',
  },
}

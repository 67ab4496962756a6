import type { Sentence } from '../words/sentence.ts'
import type { AuthorityErrors } from './errors.ts'

export const AUTHORITIES_FR: Readonly<Record<keyof AuthorityErrors, Sentence>> = {
  lint_refused: {
    says: 'Le certificat enfreindrait une règle ; il n’a pas été signé : {rules}.',
    hint: 'Prévenez l’exploitant du service.',
  },
  authority_unavailable: {
    says: 'L’autorité pour {purpose, select, machines {les machines} people {les personnes} desk {le service} root {la racine} other {{purpose}}} ne peut pas signer pour le moment.',
    hint: 'Prévenez l’exploitant du service.',
  },
  root_ended: {
    says: 'La racine de ce service a pris fin le {at, date, long} : rien ne peut plus être émis sous elle.',
    hint: 'Si l’horloge était fausse au premier démarrage, recommencez avec un dossier et une base vides ; sinon il faut un nouveau service, avec une racine annoncée aux utilisateurs.',
  },
  root_passphrase_needed: {
    says: 'Seule la racine peut le faire, et ses clés sont sous une phrase de passe à elle, qui n’est pas là.',
    hint: 'Sur la machine du service, exécutez scel-desk ceremony avec --root-passphrase-file, ou avec le code PIN du jeton des racines.',
  },
  root_passphrase_wrong: {
    says: 'Ce n’est pas la phrase de passe de la racine ; rien n’a été modifié.',
    hint: 'Donnez la bonne avec --root-passphrase-file. Le travail quotidien n’en a pas besoin.',
  },
  token_unavailable: {
    says: 'Le jeton « {token} », qui garde des clés du service, est inutilisable pour le moment : {why, select, absent {il n’est pas là} locked {il est verrouillé} pin {son code PIN est erroné ou manque} slow {il ne répond pas} refused {il refuse} other {il est en panne}}.',
    hint: 'Ce qui a été décidé sera signé quand le jeton sera de retour. Prévenez l’exploitant du service.',
  },
}

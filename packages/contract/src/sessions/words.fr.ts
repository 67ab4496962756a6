import { RIGHTS_FR } from '../rights/words.fr.ts'
import { select } from '../words/select.ts'
import type { Sentence } from '../words/sentence.ts'
import type { SessionErrors } from './errors.ts'

export const SESSIONS_FR: Readonly<Record<keyof SessionErrors, Sentence>> = {
  sign_in_required: {
    says: 'Vous n’êtes pas connecté.',
    hint: 'Connectez-vous avec votre certificat.',
  },
  session_ended: {
    says: 'Votre session est terminée{reason, select, signed_out { car vous vous êtes déconnecté} expired { après une trop longue inactivité} ended { car elle a été fermée depuis un autre endroit} certificate { car votre certificat n’est plus valable} credential { car il a été mis fin à ce qui vous avait connecté} role { car un administrateur vous a retiré le rôle d’administrateur} many { car vous vous êtes connecté depuis à beaucoup d’autres endroits} other {}}.',
    hint: 'Connectez-vous de nouveau.',
  },
  not_allowed: {
    says: `Vous ne pouvez pas faire cela : il y faut le droit ${select('right', RIGHTS_FR)}.`,
    hint: 'Adressez-vous à un administrateur.',
  },
  rights_changed: {
    says: 'Ce que vous pouvez faire ici a changé pendant que vous demandiez cela. Rien n’a été fait.',
    hint: 'Rechargez la page : elle montre ce que vous pouvez faire à présent.',
  },
  origin_refused: {
    says: 'Cet appel venait d’un autre site ; il a été refusé.',
    hint: 'Ouvrez le portail lui-même et recommencez-y.',
  },
  certificate_missing: {
    says: 'Aucun certificat n’a été présenté.',
    hint: 'Choisissez votre certificat quand le navigateur le demande ; s’il ne demande rien, importez d’abord votre fichier .p12 puis relancez le navigateur.',
  },
  certificate_unreadable: {
    says: 'Le certificat présenté est illisible.',
    hint: 'Utilisez un certificat émis ici.',
  },
  certificate_unknown_authority: {
    says: 'Le certificat présenté vient d’une autorité inconnue : {issuer}.',
    hint: 'Utilisez un certificat émis ici.',
  },
  certificate_not_issued_here: {
    says: 'Le certificat présenté (numéro de série {serial}) n’est pas dans les registres.',
    hint: 'Prévenez tout de suite un administrateur : il porte le nom d’une autorité d’ici qui ne l’a pas enregistré.',
  },
  certificate_expired_at: {
    says: 'Le certificat présenté a expiré le {at, date, long}.',
    hint: 'Demandez un nouveau certificat.',
  },
  certificate_not_valid_before: {
    says: 'Le certificat présenté n’est valable qu’à partir du {at, date, long}.',
    hint: 'Vérifiez que les horloges sont à l’heure.',
  },
  certificate_is_revoked: {
    says: 'Le certificat présenté a été révoqué le {at, date, long} ({reason, select, unspecified {sans motif précisé} keyCompromise {clé compromise} affiliationChanged {changement de rattachement} superseded {remplacé} cessationOfOperation {plus utilisé} privilegeWithdrawn {droit retiré} other {{reason}}}).',
    hint: 'Demandez un nouveau certificat.',
  },
  certificate_wrong_purpose: {
    says: 'Le certificat présenté n’est pas fait pour cet usage : {purpose}.',
    hint: 'Utilisez un certificat d’authentification de client.',
  },
  certificate_without_account: {
    says: 'Aucun compte ne correspond au certificat présenté (numéro de série {serial}).',
    hint: 'Connectez-vous avec le certificat créé lors de votre dernière invitation.',
  },
  certificate_refused: {
    says: 'Le certificat présenté est refusé : {why}.',
    hint: 'Utilisez un certificat émis ici.',
  },
}

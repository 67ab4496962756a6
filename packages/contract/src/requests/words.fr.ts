import type { Sentence } from '../words/sentence.ts'
import type { RequestErrors } from './errors.ts'

export const REQUESTS_FR: Readonly<Record<keyof RequestErrors, Sentence>> = {
  csr_unreadable: {
    says: 'La demande de certificat (CSR) est illisible : {what}.',
    hint: 'Refaites la demande.',
  },
  csr_signature_invalid: {
    says: 'La demande de certificat (CSR) n’est pas signée par sa propre clé.',
    hint: 'Refaites la demande avec la clé concernée.',
  },
  csr_key_not_allowed: {
    says: 'Cette sorte de clé n’est pas permise : {key}.',
    hint: 'Utilisez l’une de celles-ci : {allowed}.',
  },
  profile_not_for_origin: {
    says: 'Le profil {profile} n’est pas de ceux que l’on peut demander de cette manière.',
    hint: 'Choisissez-en un autre : les kits et les fichiers demandent des profils de machines et de services. Si la demande vient d’un kit, ou attend déjà, son profil a été changé depuis : prenez un kit d’un autre profil, et rejetez la demande.',
  },
  choice_not_offered: {
    says: '{choice, select, validityDays {Le profil {profile} ne propose pas une durée de {value, plural, one {# jour} other {# jours}}} other {Le profil {profile} ne propose pas « {value} »}}.',
    hint: 'Demandez l’une de ces valeurs : {offered}. Si la demande attend déjà, son profil a été changé depuis : rejetez-la, et faites-la refaire.',
  },
  csr_key_weak: {
    says: 'La clé est faible : {what}.',
    hint: 'Créez une nouvelle clé.',
  },
  csr_key_revoked: {
    says: 'Un certificat portant cette clé a été révoqué.',
    hint: 'Créez une nouvelle clé.',
  },
  csr_key_in_use: {
    says: 'Cette clé appartient déjà à un autre certificat.',
    hint: 'Créez une nouvelle clé : une clé, un sujet.',
  },
  csr_applicant_mismatch: {
    says: 'La demande de certificat (CSR) désigne une autre clé de demandeur.',
    hint: 'Sur l’ordinateur qui a cette clé, refaites la demande avec scel. Pour la déposer comme fichier, faites-en une qui ne désigne pas de demandeur.',
  },
  subject_not_allowed: {
    says: 'Dans le sujet, {attribute} doit être « {expected} » et vaut « {found} ».',
    hint: 'Refaites la demande avec le kit tel quel.',
  },
  name_not_allowed: {
    says: 'Le nom « {name} » n’est pas permis : {rule, select, fingerprint {ici, une machine porte le nom de son empreinte} host {ici, une machine porte son nom d’hôte public complet} count {trop de noms} type {seuls des noms d’hôte sont permis} desk {c’est un nom du service lui-même} other {{rule}}}.',
    hint: 'Corrigez le nom et refaites la demande.',
  },
  name_outside_organisation: {
    says: 'Le nom « {name} » n’est pas de ceux que cet organisme peut avoir. {allowed, select, none {Aucun nom de serveur ne lui a encore été attribué.} other {Il peut avoir des noms qui finissent par : {allowed}.}}',
    hint: 'Corrigez le nom, ou demandez à un administrateur du service d’attribuer ce nom à l’organisme.',
  },
  request_state_impossible: {
    says: 'La demande {request} est {state, select, pending {en attente} approved {approuvée} installed {installée} downloaded {téléchargée} rejected {rejetée} cancelled {annulée} revoked {révoquée} expired {expirée} other {{state}}} et ne peut pas devenir {wanted, select, pending {en attente} approved {approuvée} installed {installée} downloaded {téléchargée} rejected {rejetée} cancelled {annulée} revoked {révoquée} expired {expirée} other {{wanted}}}.',
    hint: 'Regardez de nouveau la demande : elle a avancé.',
  },
  request_decided_already: {
    says: 'La demande {request} est déjà {state, select, pending {en attente} approved {approuvée} installed {installée} downloaded {téléchargée} rejected {rejetée} cancelled {annulée} revoked {révoquée} expired {expirée} other {{state}}} : {by} a décidé le {at, date, long}.',
    hint: 'Il n’y a plus rien à décider.',
  },
  request_changed_since: {
    says: 'La demande {request} ne dit plus ce qu’elle disait quand vous l’avez regardée. Rien n’a été approuvé.',
    hint: 'Regardez de nouveau la demande, et décidez sur ce qu’elle dit maintenant. Personne ne modifie une demande par le service : si le service n’a pas été mis à jour entre-temps, prévenez son exploitant.',
  },
  request_row_altered: {
    says: 'Ce que la base de données dit de la demande {request} n’est pas ce que donne son propre CSR, ou est illisible : quelqu’un l’a modifiée. Elle ne peut pas être approuvée.',
    hint: 'Rejetez-la et laissez le demandeur refaire sa demande. Personne ne modifie une demande par le service : si le service n’a pas été mis à jour depuis son dépôt, prévenez son exploitant.',
  },
  request_profile_changed: {
    says: 'Le profil {profile} a été changé depuis le dépôt de la demande {request} : ce que dit la demande a été lu selon ce que disait alors le fichier. Elle ne peut pas être approuvée.',
    hint: 'Rejetez-la et faites refaire la demande, avec un nouveau kit si le kit fixe ce que disait le profil auparavant. Si le fichier a été changé par erreur, remettez-le.',
  },
  names_certified_since: {
    says: 'Entre-temps, un certificat a été accordé à quelqu’un d’autre pour un nom de la demande {request} : {names}.',
    hint: 'Regardez de nouveau la demande, et décidez avec ce qu’elle dit maintenant.',
  },
  own_request: {
    says: 'La demande {request} est la vôtre.',
    hint: 'Quelqu’un d’autre doit en décider.',
  },
  request_key_contested: {
    says: 'La demande {request} ne désigne pas son demandeur, et quelqu’un d’autre demande un certificat pour la même clé : l’une des deux est une copie.',
    hint: 'Demandez au demandeur une demande avec une nouvelle clé, ou faites d’abord rejeter l’autre demande.',
  },
  request_of_blocked: {
    says: 'La demande {request} vient d’une clé de demandeur qui a été bloquée le {at, date, long}.',
    hint: 'Rejetez-la, ou levez d’abord le blocage.',
  },
  request_by_applicant: {
    says: 'La demande {request} a été faite avec un kit : l’ordinateur qui a demandé récupère lui-même le certificat.',
    hint: 'Lancez « scel get » sur cet ordinateur.',
  },
  request_needs_administrator: {
    says: 'La demande {request} est d’un profil dont seuls les administrateurs décident.',
    hint: 'Un administrateur doit en décider.',
  },
  reason_required: {
    says: 'Un motif est nécessaire.',
    hint: 'Dites pourquoi ; le demandeur le lira.',
  },
  pending_too_many: {
    says: '{of, select, kit {Ce kit a} person {Vous avez} other {Cet ordinateur a}} déjà {most, plural, one {# demande} other {# demandes}} que personne n’a encore examinées.',
    hint: 'Attendez que certaines soient décidées{of, select, kit {, ou demandez un autre kit} person {} other {, ou annulez-en une}}.',
  },
  submissions_too_many: {
    says: '{of, select, kit {Avec ce kit, {most} demandes venues de votre réseau ont été remplacées ou annulées} person {{most} de vos demandes ont été remplacées} other {Cet ordinateur a fait {most} demandes}} en {hours, plural, one {une heure} other {# heures}}.',
    hint: 'Recommencez dans {minutes, plural, one {# minute} other {# minutes}}.',
  },
  certificate_not_ready: {
    says: 'La demande {request} est {state, select, pending {en attente} approved {approuvée et pas encore signée} installed {installée} downloaded {téléchargée} rejected {rejetée} cancelled {annulée} revoked {révoquée} expired {expirée} other {{state}}} : il n’y a pas de certificat à récupérer.',
    hint: '{state, select, approved {Le service la signera de lui-même dès que possible : recommencez dans quelques minutes.} pending {Recommencez quand elle sera approuvée.} other {Faites une nouvelle demande.}}',
  },
}

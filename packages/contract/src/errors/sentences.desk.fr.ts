import type { DeskErrorCode } from './facts.ts'
import { RIGHTS_FR } from './rights.fr.ts'
import { select } from './select.ts'
import type { Sentence } from './sentence.ts'

// ICU message texts; French. Arguments are the facts of the code. Typographic apostrophes, since ' quotes in ICU.
export const DESK_FR: Readonly<Record<DeskErrorCode, Sentence>> = {
  sign_in_required: {
    says: 'Vous n’êtes pas connecté.',
    hint: 'Connectez-vous avec votre certificat.',
  },
  session_ended: {
    says: 'Votre session est terminée{reason, select, signed_out { car vous vous êtes déconnecté} expired { après une trop longue inactivité} ended { car elle a été fermée depuis un autre endroit} certificate { car votre certificat n’est plus valable} other {}}.',
    hint: 'Connectez-vous de nouveau.',
  },
  not_allowed: {
    says: `Vous ne pouvez pas faire cela : il y faut le droit ${select('right', RIGHTS_FR)}.`,
    hint: 'Adressez-vous à un administrateur.',
  },
  rights_changed: {
    says: 'Votre rôle ou votre organisation a changé pendant que vous demandiez cela. Rien n’a été fait.',
    hint: 'Rechargez la page : elle montre ce que vous pouvez faire à présent.',
  },
  origin_refused: {
    says: 'Cet appel venait d’un autre site ; il a été refusé.',
    hint: 'Ouvrez le portail lui-même et recommencez-y.',
  },
  invitation_unknown: {
    says: 'Ce lien d’invitation est inconnu.',
    hint: 'Copiez le lien en entier, ou demandez-en un nouveau à un administrateur ; un nouveau lien remplace l’ancien.',
  },
  invitation_expired: {
    says: 'Ce lien d’invitation a expiré le {at, date, long}.',
    hint: 'Demandez un nouveau lien à un administrateur ; pour le premier administrateur, lancez « scel-desk invite-admin » sur la machine hôte.',
  },
  invitation_spent: {
    says: 'Ce lien d’invitation a déjà servi le {at, date, long}.',
    hint: 'Si ce n’était pas vous, prévenez tout de suite un administrateur. Sinon, connectez-vous avec le certificat que vous avez créé.',
  },
  invitation_unconfirmed: {
    says: 'Ce lien attend un second administrateur : tant qu’aucun ne l’a confirmé, il n’ouvre rien.',
    hint: 'Demandez à un autre administrateur que celui qui vous a remis le lien de le confirmer, à la page des personnes ; puis ouvrez-le de nouveau.',
  },
  person_disabled: {
    says: 'Ce compte a été désactivé.',
    hint: 'Adressez-vous à un administrateur.',
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
  input_invalid: {
    says: '{where} : {what}.',
    hint: 'Corrigez puis renvoyez ; rien n’a été modifié.',
  },
  body_too_large: {
    says: 'L’envoi dépasse {limit} octets.',
    hint: 'Envoyez moins, ou le bon fichier.',
  },
  media_type_unsupported: {
    says: 'L’envoi n’est pas de type {expected}.',
    hint: 'Précisez le type de contenu et renvoyez.',
  },
  not_found: {
    says: '{what, select, request {Cette demande} certificate {Ce certificat} organisation {Cet organisme} person {Cette personne} kit {Ce kit} applicant {Cette clé de demandeur} session {Cette session} authority {Cette autorité} delivery {Cet envoi} other {Cet objet}} n’existe pas, ou vous n’y avez pas accès.',
    hint: 'Vérifiez le numéro ou revenez à la liste.',
  },
  route_unknown: {
    says: 'Il n’y a rien à {method} {path}.',
    hint: 'Voyez la liste des appels à /api/openapi.json.',
  },
  too_many_requests: {
    says: 'Trop d’appels en peu de temps.',
    hint: 'Recommencez dans {seconds, plural, one {# seconde} other {# secondes}}.',
  },
  cursor_invalid: {
    says: 'Cette page de la liste est introuvable.',
    hint: 'Reprenez à la première page.',
  },
  organisation_code_taken: {
    says: 'Un organisme porte déjà le code {code}.',
    hint: 'Choisissez un autre code.',
  },
  siren_invalid: {
    says: '{siren} n’est pas un numéro SIREN : sa clé de contrôle est fausse.',
    hint: 'Vérifiez les neuf chiffres.',
  },
  person_email_taken: {
    says: 'Un compte utilise déjà l’adresse {email}.',
    hint: 'Faites plutôt un nouveau lien pour ce compte.',
  },
  name_suffix_invalid: {
    says: '« {suffix} » ne peut être attribué à un organisme : {rule, select, host {ce n’est pas un nom d’hôte complet, d’au moins deux parties} registry {les noms qui en dépendent sont à beaucoup d’autres, un registre les distribue} desk {c’est un nom du service lui-même} other {{rule}}}.',
    hint: 'Donnez le nom sous lequel se trouvent les serveurs de l’organisme, par exemple example.org.',
  },
  organisation_required: {
    says: 'Un gestionnaire d’enregistrement appartient à un organisme.',
    hint: 'Choisissez l’organisme.',
  },
  organisation_not_for_role: {
    says: '{role, select, administrator {Un administrateur} auditor {Un auditeur} other {Ce rôle}} n’appartient à aucun organisme.',
    hint: 'Retirez l’organisme.',
  },
  last_administrator_certificate: {
    says: 'C’est le certificat du dernier administrateur qui puisse se connecter : une fois révoqué, plus personne ne le pourrait.',
    hint: 'Faites-vous un nouveau lien à la page des personnes : le nouveau certificat remplace celui-ci, qui est alors révoqué. Si sa clé est en de mauvaises mains, utilisez tout de suite scel-desk invite-admin sur la machine du service.',
  },
  second_administrator_missing: {
    says: 'Cela demande un second administrateur, et il n’y en a pas d’autre que vous et la personne concernée.',
    hint: 'Sur la machine du service, scel-desk invite-admin fait le lien.',
  },
  second_administrator_needed: {
    says: 'C’est un autre administrateur qui confirme cela : ni celui qui l’a demandé, ni celui à qui cela est destiné.',
    hint: 'Adressez-vous à un autre administrateur. Si aucun ne peut se connecter, scel-desk invite-admin sur la machine du service fait un lien.',
  },
  confirmation_not_wanted: {
    says: 'Il n’y a rien à confirmer ici : c’est déjà confirmé, refusé ou remplacé, ou celui qui l’a demandé n’est plus administrateur.',
    hint: 'Rechargez la page ; au besoin, refaites la demande.',
  },
  person_is_self: {
    says: 'Vous ne pouvez pas faire cela sur votre propre compte.',
    hint: 'Demandez à un autre administrateur.',
  },
  kit_unknown: {
    says: 'Ce kit d’enrôlement est inconnu ici.',
    hint: 'Utilisez le fichier de kit remis par votre administrateur, pour le bon environnement.',
  },
  kit_expired: {
    says: 'Ce kit d’enrôlement a expiré le {at, date, long}.',
    hint: 'Demandez un nouveau kit à votre administrateur.',
  },
  delivery_taken: {
    says: 'Cet envoi a été reçu par son destinataire.',
    hint: 'Consultez de nouveau la liste : il n’y a rien à relancer.',
  },
  kit_withdrawn: {
    says: 'Ce kit d’enrôlement a été retiré le {at, date, long}.',
    hint: 'Demandez un nouveau kit à votre administrateur.',
  },
  kit_used_up: {
    says: 'Ce kit d’enrôlement a déjà servi {uses, plural, one {la # fois} other {les # fois}} qu’il permet.',
    hint: 'Demandez un nouveau kit à votre administrateur.',
  },
  kit_altered: {
    says: 'Le fichier du kit d’enrôlement a été modifié ({field}).',
    hint: 'Utilisez le fichier tel que votre administrateur l’a remis, sans le changer.',
  },
  standing_approval_not_for_profile: {
    says: 'Le profil {profile} ne permet pas d’approbation permanente : quelqu’un doit regarder chaque demande.',
    hint: 'Retirez l’approbation permanente, ou choisissez un autre profil.',
  },
  profile_not_for_kits: {
    says: 'Le profil {profile} n’est pas de ceux que l’on demande, avec un kit ou avec un fichier.',
    hint: 'Choisissez un profil de machines ou de services. Si la demande vient d’un kit, son profil a été changé depuis : prenez un kit d’un autre profil.',
  },
  applicant_signature_missing: {
    says: 'Cet appel n’est pas signé par une clé de demandeur.',
    hint: 'Utilisez la commande scel, ou signez comme l’indique la documentation.',
  },
  applicant_signature_invalid: {
    says: 'La signature du demandeur ne correspond pas à cet appel.',
    hint: 'Signez de nouveau cet appel précis ; rien n’a été modifié.',
  },
  applicant_nonce_unknown: {
    says: 'Le nonce de cet appel est trop ancien ou ne vient pas d’ici.',
    hint: 'Demandez un nouveau nonce et signez de nouveau.',
  },
  applicant_nonce_spent: {
    says: 'Cet appel signé a déjà été fait une fois.',
    hint: 'Demandez un nouveau nonce et signez de nouveau.',
  },
  applicant_key_refused: {
    says: 'La clé de demandeur n’est pas une clé P-256.',
    hint: 'Laissez la commande scel créer la clé.',
  },
  applicant_not_owner: {
    says: 'Cette demande a été faite avec une autre clé de demandeur.',
    hint: 'Utilisez l’ordinateur et le compte qui l’ont faite.',
  },
  applicant_without_certificate: {
    says: 'Cet ordinateur n’a pas de certificat valide de ce service.',
    hint: 'Demandez-en un avec « scel enrol » ; l’annuaire s’ouvre dès qu’il est là.',
  },
  applicant_blocked: {
    says: 'La clé de demandeur de cet ordinateur a été bloquée le {at, date, long}.',
    hint: 'Demandez pourquoi à votre gestionnaire d’enregistrement ; lui seul ou un administrateur peut lever le blocage.',
  },
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
  certificate_row_altered: {
    says: 'Ce que la base de données dit du certificat {serial} est illisible : quelqu’un l’a modifié.',
    hint: 'Personne ne modifie un certificat par le service : prévenez son exploitant. Une révocation est enregistrée malgré tout, même si cette page ne peut pas la montrer.',
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
  certificate_already_revoked: {
    says: 'Ce certificat a déjà été révoqué le {at, date, long} ({reason, select, unspecified {sans motif précisé} keyCompromise {clé compromise} affiliationChanged {changement de rattachement} superseded {remplacé} cessationOfOperation {plus utilisé} privilegeWithdrawn {droit retiré} other {{reason}}}).',
    hint: '{reason, select, keyCompromise {Il n’y a plus rien à faire.} other {Si quelqu’un d’autre peut avoir sa clé, révoquez-le de nouveau pour ce motif ; sinon, il n’y a plus rien à faire.}}',
  },
  profile_invalid: {
    says: 'Le profil {profile} n’est pas valable : {field}.',
    hint: 'Corrigez le fichier du profil et relancez le service.',
  },
  profile_unknown: {
    says: 'Le profil {profile} n’est pas de ceux de ce service.',
    hint: 'Demandez à l’exploitant du service de remettre son fichier, ou prenez un kit d’un autre profil.',
  },
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
  database_older: {
    says: 'La base de données du service est une copie plus ancienne, ou son journal a été coupé : elle n’atteint pas ce que le service a retenu le {since, date, long}. Rien n’est modifié tant que son exploitant ne l’a pas acceptée.',
    hint: 'Remettez la base la plus récente, ou arrêtez le service et exécutez scel-desk accept-restore.',
  },
  database_newer: {
    says: 'Une version plus récente du service a migré sa base de données (en version {found} ; celle-ci connaît la {known}) : ce service ne modifie plus rien.',
    hint: 'Prévenez l’exploitant du service : il faut l’arrêter, et démarrer la nouvelle version.',
  },
  database_before_codes: {
    says: 'Cette base de données date d’avant les codes de ses lignes (version {found}), et le dossier keys d’après : aucune de ses lignes ne pourrait être distinguée de celle qu’un autre aurait écrite. Rien n’a été modifié.',
    hint: 'Remettez avec elle le dossier keys de la même sauvegarde, à la place du plus récent ; ou remettez une base plus récente.',
  },
  database_schema_open: {
    says: 'D’autres que le service peuvent créer des fonctions dans le schéma {schema} de la base de données, ou en ont créé : {roles}. Une telle fonction peut répondre au service à la place de celles de PostgreSQL. Rien n’a été modifié.',
    hint: 'En tant que propriétaire du schéma : REVOKE CREATE ON SCHEMA {schema} FROM {roles}. Examinez les fonctions et les opérateurs qui s’y trouvent et appartiennent à d’autres, et supprimez-les.',
  },
  webhook_secret_malformed: {
    says: 'Le fichier {path} ne contient pas de secret de webhook : whsec_ suivi de 24 à 64 octets en base64.',
    hint: 'Écrivez-le avec openssl rand -base64 32, précédé de whsec_, et donnez le même à qui reçoit les messages.',
  },
  desk_statement_malformed: {
    says: 'Ce que ce service dirait de lui-même, aucun programme ne l’accepterait : son nom, ses adresses ou le certificat qu’il présente ne peuvent pas se dire ainsi.',
    hint: 'Vérifiez --name, --public-name et --tls-certificate, puis redémarrez le service.',
  },
  mark_missing: {
    says: 'keys/high-water.json, par quoi le service reconnaît sa base de données, a disparu ; ce fichier existait depuis le {since, date, long}. Sans lui, personne ne peut dire si cette base est une copie plus ancienne.',
    hint: 'Remettez-le depuis la sauvegarde des clés la plus récente ; ou bien, le service arrêté, acceptez la base sans comparaison : scel-desk accept-restore --without-mark.',
  },
  mark_unreadable: {
    says: 'keys/high-water.json, par quoi le service reconnaît sa base de données, est tronqué, modifié, ou celui d’un autre service. Sans lui, personne ne peut dire si cette base est une copie plus ancienne.',
    hint: 'Remettez-le depuis la sauvegarde des clés la plus récente ; ou bien, le service arrêté, acceptez la base sans comparaison : scel-desk accept-restore --without-mark.',
  },
  log_gap: {
    says: 'Trop de lignes du journal manquent pour l’accepter tel quel : la place {place, number} est vide, et la suivante occupée est la place {next, number}, par la ligne {number, number}.',
    hint: 'Prenez une copie complète ; ou, si quelqu’un y a déplacé cette ligne, rendez-lui sa place en tant que propriétaire de la base de données.',
  },
  log_line_altered: {
    says: 'La ligne {number, number} du journal a été modifiée : {what, select, shown {ce qui en est affiché n’est pas ce qui fut écrit} other {elle n’est pas ce dont son empreinte fut faite}} (place {place, number}).',
    hint: 'Tout ce qui la précède est intact. Comparez avec une sauvegarde antérieure, et cherchez qui peut écrire dans la base de données.',
  },
  log_line_removed: {
    says: 'Une ligne du journal a été retirée : celle de la place {place, number}, {after, plural, =0 {qui était la première} other {après la ligne {after, number}}}.',
    hint: 'Tout ce qui la précède est intact. Comparez avec une sauvegarde antérieure, et cherchez qui peut écrire dans la base de données.',
  },
  log_line_inserted: {
    says: 'La ligne {number, number} a été ajoutée au journal après coup : le service ne l’a pas écrite là où elle se trouve.',
    hint: 'Tout ce qui la précède est intact. Comparez avec une sauvegarde antérieure, et cherchez qui peut écrire dans la base de données.',
  },
  log_lines_reordered: {
    says: 'Des lignes du journal ont été interverties : la ligne {number, number} vient après la ligne {before, number}, et fut écrite avant elle.',
    hint: 'Tout ce qui les précède est intact. Comparez avec une sauvegarde antérieure, et cherchez qui peut écrire dans la base de données.',
  },
  log_head_differs: {
    says: 'Le journal n’est pas celui que couvre sa tête de {size, number} lignes : parmi les lignes des places {first, number} à {last, number}, une a été modifiée, retirée, ajoutée ou intervertie avec sa preuve.',
    hint: 'Tout ce qui les précède est intact. Comparez avec une sauvegarde antérieure, et cherchez qui peut écrire dans la base de données.',
  },
  log_head_forged: {
    says: 'La tête de {size, number} lignes ({at, date, long}) n’est pas signée par une clé de ce journal.',
    hint: 'Si la clé du journal a été changée volontairement, indiquez la nouvelle par --key ; sinon, quelqu’un a réécrit le journal.',
  },
  log_head_beyond: {
    says: 'Une tête de {size, number} lignes accompagne ce journal, qui en a {found, number} : aucune ligne n’y mène, et aucune clé du journal ne l’a signée.',
    hint: 'Quelqu’un qui peut écrire dans la base de données l’y a mise, ou des lignes de la fin ont été retirées avant sa signature. Comparez avec une sauvegarde et avec les têtes que le service a envoyées.',
  },
  log_end_unsigned: {
    says: 'Aucune tête signée ne couvre {lines, plural, one {la dernière ligne} other {les # dernières lignes}} de ce journal, après les {size, number} premières, alors {lines, plural, one {qu’elle a} other {qu’elles ont}} plus de dix minutes : rien ne {lines, plural, one {la} other {les}} prouve.',
    hint: 'Un service tué laisse de telles lignes, et une copie prise juste avant la signature aussi : démarrez-le, et reprenez une copie. Si la clé du journal ne s’ouvre pas, le service le dit : rétablissez-la, et il signe dans la minute. Sinon, quelqu’un a écrit ces lignes ou a retiré les têtes.',
  },
  log_erased_untold: {
    says: 'Des données personnelles ont été retirées de ce journal en {found, plural, one {# endroit} other {# endroits}}, et ses lignes n’en rapportent que {told, number} : le reste n’a pas été effacé par le service.',
    hint: 'Toutes les lignes restent prouvées, seuls des noms, des adresses ou des motifs manquent. Comparez avec une sauvegarde antérieure pour savoir où, et cherchez qui peut écrire dans la base de données.',
  },
  log_unsigned: {
    says: 'Aucune tête signée ne couvre {lines, plural, one {la ligne} other {les # lignes}} de ce journal : rien ne {lines, plural, one {la} other {les}} prouve.',
    hint: 'Démarrez le service : il signe dans la minute. S’il avait déjà signé, quelqu’un a retiré les têtes.',
  },
  log_rewritten: {
    says: 'Le journal a été réécrit : ses {size, number} premières lignes ne sont pas celles de la tête indiquée.',
    hint: 'Conservez la tête et ce journal. Comparez avec une sauvegarde antérieure à la tête, et cherchez qui peut écrire dans la base de données et dans les clés.',
  },
  log_shorter: {
    says: 'Le journal a été tronqué : la tête indiquée est de {size, number} lignes, et il en a {found, number}.',
    hint: 'Vérifiez que ce n’est pas une copie antérieure à la tête. Sinon, des lignes ont été retirées à la fin.',
  },
  log_restored: {
    says: 'La tête indiquée, de {size, number} lignes, porte sur des lignes perdues lorsqu’une copie plus ancienne de la base de données fut acceptée, le {at, date, long} (ligne {number, number}).',
    hint: 'Indiquez une tête postérieure à ce jour. Demandez à la personne qui a accepté la copie si elle l’a bien fait.',
  },
  log_head_foreign: {
    says: 'La tête indiquée est celle du journal {origin}, et celui-ci est {own}.',
    hint: 'Indiquez une tête de ce journal. Si c’en est une, quelqu’un a réécrit le journal sous un autre nom.',
  },
  log_head_unreadable: {
    says: '{path} n’est pas une tête signée de journal.',
    hint: 'Indiquez l’un des fichiers ou messages que le service a envoyés, entier.',
  },
  log_export_unreadable: {
    says: 'L’export est illisible à sa ligne {line, number}, ou s’arrête avant sa fin.',
    hint: 'Exportez de nouveau le journal : scel-desk audit export.',
  },
  log_key_invalid: {
    says: '{key} n’est pas une clé de journal.',
    hint: 'Donnez-la comme l’affiche scel-desk audit verify : nom+id+clé.',
  },
  database_missing: {
    says: 'Il n’y a pas de base de données à l’adresse {where}, ou elle est vide, et {path} contient les clés d’un service qui en avait une : elle a été perdue, ou son adresse est une autre. Rien n’a été créé ni modifié.',
    hint: 'Vérifiez --data et --database ; ou remettez la base depuis sa sauvegarde. S’il n’y en a pas, scel-desk accept-restore accepte la base vide : ce qui a été émis et révoqué est alors inconnu.',
  },
  database_encoding: {
    says: 'La base de données garde ses textes en {found}, et non en UTF-8 : des noms s’y perdraient. Rien n’a été créé ni modifié.',
    hint: 'Créez-en une autre : CREATE DATABASE … ENCODING ’UTF8’ TEMPLATE template0.',
  },
  keys_missing: {
    says: 'La base de données à l’adresse {where} est celle d’un service, et {path} ne contient aucune de ses clés. Rien n’a été créé ni modifié.',
    hint: 'Vérifiez --data et --database ; ou remettez le dossier des clés depuis sa sauvegarde.',
  },
  key_files_missing: {
    says: 'Il manque dans le dossier {path} des clés d’autorités qui sont en service dans cette base de données, ou leurs fichiers ne s’ouvrent pas ou contiennent d’autres clés : {files}. Ce service ne signe rien avec elles.',
    hint: 'Copiez ces fichiers dans {path} depuis le même dossier du service qui les a (s’il y en a plusieurs, celui qui a créé les autorités), ou depuis une sauvegarde, puis redémarrez le service. S’ils sont perdus, scel-desk start --without-keys s’en passe.',
  },
  desk_not_begun: {
    says: 'Aucun service n’a encore commencé avec le dossier {path} et la base de données à l’adresse {where} : il n’y a pas d’autorité. Rien n’a été créé ni modifié.',
    hint: 'Vérifiez --data et --database ; ou démarrez le service, puis relancez cette commande une fois qu’il est prêt.',
  },
  keys_of_another_desk: {
    says: 'Ces clés appartiennent à un autre service que celui qui a créé cette base de données.',
    hint: 'Donnez à ce service sa propre base, ou démarrez-le avec le dossier du service qui a créé celle-ci.',
  },
  key_ring_missing: {
    says: 'Le dossier {path} contient des clés, mais pas le fichier ring.json qui sert à les ouvrir ; rien n’a été écrit.',
    hint: 'Remettez ring.json à partir de la sauvegarde de ce dossier.',
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
  passphrase_file_exposed: {
    says: 'Le fichier de phrase de passe {path} a le mode {mode} : d’autres utilisateurs de cette machine peuvent le lire ou le modifier.',
    hint: 'Exécutez chmod 600 sur ce fichier. Si la phrase de passe a pu être lue, tenez-la pour connue.',
  },
  passphrase_file_foreign: {
    says: 'Le fichier de phrase de passe {path} appartient à un autre utilisateur de cette machine (uid {owner}), qui peut le lire et le modifier.',
    hint: 'Donnez-le (chown) à l’utilisateur du service ou à root, avec le mode 600. Si la phrase de passe a pu être lue, tenez-la pour connue.',
  },
  storage_full: {
    says: 'Le disque du service est plein ; rien n’a été modifié.',
    hint: 'Prévenez l’exploitant du service, puis renvoyez.',
  },
  storage_unavailable: {
    says: 'La base de données du service ne répond pas ; rien n’a été modifié.',
    hint: 'Recommencez dans une minute ; si cela dure, prévenez l’exploitant du service.',
  },
  storage_uncertain: {
    says: 'La base de données du service s’est interrompue pendant l’enregistrement : on ne sait pas s’il a eu lieu.',
    hint: 'Vérifiez s’il a eu lieu avant de renvoyer.',
  },
  storage_damaged: {
    says: 'La base de données du service est endommagée.',
    hint: 'Prévenez l’exploitant du service : elle doit être restaurée depuis sa sauvegarde.',
  },
  storage_altered: {
    says: 'La base de données refuse au service ce dont il a besoin : ses droits lui ont été retirés, ou une table a disparu ; rien n’a été modifié.',
    hint: 'Prévenez l’exploitant du service : son journal cite la base de données.',
  },
  storage_moved: {
    says: 'Un fichier de la base de données du service a été déplacé, supprimé ou remplacé pendant que le service tourne ; rien n’a été modifié.',
    hint: 'Prévenez l’exploitant du service : son journal nomme le fichier.',
  },
  storage_contended: {
    says: 'À chaque essai, d’autres modifiaient la même chose, et la base de données du service n’a pu enregistrer ceci entre eux ; rien n’a été modifié.',
    hint: 'Recommencez ; si cela dure, prévenez l’exploitant du service.',
  },
  stored_incomplete: {
    says: 'Votre envoi est enregistré, mais le service n’a pas pu achever son travail pour le moment.',
    hint: 'Le service fera le reste dès que possible : regardez de nouveau dans une minute.',
  },
  public_door_shut: {
    says: 'La porte des listes, d’OCSP et de l’horodatage ne s’est pas ouverte : son fil d’exécution {why, select, silent {n’a rien dit pendant une minute} ended {s’est arrêté aussitôt} other {{why}}}.',
    hint: 'La base de données répond lentement, ou cette machine est trop chargée ou manque de mémoire : voyez ce qu’il en est, puis redémarrez le service.',
  },
  not_ready: {
    says: '{look, select, late {On ne sait pas pour le moment si le service peut travailler : l’examen {part, select, thread {de son portail} database {de sa base de données} files {des fichiers de sa base de données} keys {des clés de ses autorités} clock {de son horloge} restored {de l’état de sa base de données} version {de la version de sa base de données} disk {de la place sur son disque} mark {du fichier par quoi il reconnaît sa base de données} token {de ses jetons} statement {du certificat par lequel il dit qui il est} other {de {part}}} n’a pas abouti à temps.} other {Le service ne peut pas travailler pour le moment : {part, select, thread {son portail ne répond pas} database {sa base de données ne répond pas} files {un fichier de sa base de données a été déplacé, supprimé ou remplacé} keys {la clé d’une autorité manque} clock {son horloge est en retard sur son journal, ou autre que celles de son serveur de base de données et d’autres services} restored {sa base de données est une copie plus ancienne} version {une version plus récente du service a migré sa base de données} disk {son disque est plein, ou presque} mark {le fichier par quoi il reconnaît sa base de données ne peut pas être écrit} token {un jeton qui garde des clés d’autorité ne répond pas} statement {il n’a pas de certificat valable pour dire qui il est, et nul ne peut faire de demande} other {{part}}}.}}',
    hint: 'Son journal en dit plus ; listes, OCSP et horodatage continuent tant qu’ils le peuvent.',
  },
  desk_stopping: {
    says: 'Le service s’arrête et n’accepte plus de nouvel appel.',
    hint: 'Réessayez dans une minute, quand il aura redémarré.',
  },
  internal: {
    says: 'Une erreur s’est produite dans le service.',
    hint: 'Donnez cette référence à l’exploitant : {reference}.',
  },
}

import type { Sentence } from '@scel/contract/errors'
import type { SEALING_EN, SEALING_FAILURES_EN, SEALING_HELP_EN, SEALING_HINTS_EN } from './sealing.en.ts'

/** Ce que disent `scel seal` et `scel open`. Les types exigent chaque traduction. */
export const SEALING_FR: Readonly<Record<keyof typeof SEALING_EN, string>> = {
  progress: '{percent} %  {done} sur {total}  {rate}/s  encore {left}',
  progress_open: '{done}  {rate}/s',
  seal_for: 'scellé pour {subject}{count, plural, one {} other { (# certificats)}}, nommé par {desk}',
  seal_for_file: 'scellé pour {subject}, d’après le fichier {file}',
  file_beside: 'le fichier {name} de ce dossier n’est pas ce qui est visé : pour lui, écrivez ./{name}',
  seal_written: '{file} : {size}',
  open_by: 'ouvert avec la clé de {subject}',
  open_passphrase: 'ouvert avec la phrase de passe',
  open_written: '{file} : {size}',
  open_unpacked: '{folder} : {count, plural, one {# fichier} other {# fichiers}}, {size}',
  open_still_signed: '{file} est signé : scel verify-signature dit par qui, et en sort le contenu',
  open_not_protected: 'rien ne protégeait ceci d’un changement en chemin : {cipher} ne fait que chiffrer',
}

export const SEALING_HELP_FR: Readonly<Record<keyof typeof SEALING_HELP_EN, string>> = {
  value_recipient: 'destinataire',
  value_cipher: 'chiffrement',
  value_padding: 'bourrage',
  value_out: 'endroit',
  seal: 'scelle des fichiers pour que seuls les destinataires les ouvrent (CMS)',
  seal_file: 'un fichier ; plusieurs, ou un dossier, deviennent d’abord une archive ; - pour l’entrée standard',
  seal_to:
    'pour qui : une adresse électronique ou un nom (tous ses certificats en règle), ou le fichier d’un certificat (./FICHIER), répétable',
  seal_environment: 'quel annuaire connaît les noms de --to : production ou test (par défaut : production)',
  seal_desk:
    'le service interrogé sur les noms de --to : son nom, son hôte ou son adresse (par défaut : chacun des vôtres)',
  seal_revocation:
    'pour les certificats d’un annuaire, required : l’inconnu est refusé ; if-known : seul le révoqué l’est (par défaut : required)',
  seal_out: 'où écrire le fichier scellé (par défaut : à côté de FICHIER, avec .p7m), - pour la sortie standard',
  seal_cipher: 'aes-256-gcm, ou aes-256-cbc pour les messageries plus anciennes, qui ne protège d’aucun changement',
  seal_rsa: 'scellement de la clé pour RSA : oaep, ou pkcs1-v1.5 pour les programmes plus anciens',
  seal_mixed: 'scelle à la fois pour des clés post-quantiques et classiques, donc aussi faiblement que celles-ci',
  seal_sign:
    'signe d’abord : un fichier .p12 ou PEM, une adresse électronique, un nom ou le numéro d’une demande, répétable',
  seal_timestamp: 'fait horodater la signature par le service à cette adresse',
  open: 'ouvre ce qui est scellé',
  open_file: 'le fichier scellé, ou - pour l’entrée standard',
  open_out: 'dossier du contenu, ou nom de son fichier (par défaut : à côté de FICHIER), - pour la sortie standard',
  open_key: 'fichier de la clé, PEM ou .p12 (par défaut : celle des magasins pour qui c’est scellé), répétable',
  open_certificate: 'fichier du certificat de la clé, répétable',
  open_keep_zip: 'laisse une archive telle quelle',
  open_signed: 'ne l’accepte qu’avec une signature qui tient, et en sort le contenu',
  open_danger_unverified: 'avec -o - : affiche le contenu avant de savoir si quelqu’un l’a altéré',
  open_danger_old: 'lit ce que triple DES ou RC2 a chiffré',
}

export const SEALING_HINTS_FR: typeof SEALING_HINTS_EN = {
  recipients_mixed: 'scellez une fois pour chaque sorte, ou ajoutez --mixed si c’est voulu',
}

export const SEALING_FAILURES_FR: Readonly<Record<keyof typeof SEALING_FAILURES_EN, Sentence>> = {
  not_a_file: { says: '{file} n’est ni un fichier ni un dossier', hint: 'laissez-le de côté' },
  file_changed: { says: '{file} a été modifié pendant sa lecture', hint: 'relancez la commande' },
  link_leaves: {
    says: 'le lien {file} mène à un dossier, à rien, ou hors de ce qui est scellé',
    hint: 'retirez-le, ou scellez sous son propre nom ce à quoi il mène',
  },
  name_unfit: { says: 'aucune archive ne peut porter le nom {name}', hint: 'donnez un autre nom au fichier' },
  name_twice: { says: 'deux des fichiers ont le nom {name}', hint: 'donnez un autre nom à l’un d’eux' },
  entries_too_many: { says: 'il y a plus de {most, number} fichiers', hint: 'scellez-les en plusieurs parties' },
  recipient_needed: {
    says: 'le destinataire n’est pas dit',
    hint: 'donnez --to avec un certificat, une adresse ou un nom',
  },
  recipient_unknown: {
    says: 'aucun certificat n’est trouvé pour {name}',
    hint: 'vérifiez comment cela s’écrit, ou donnez le fichier du certificat',
  },
  recipient_unvouched: {
    says: 'de {name}, seul un certificat venu d’ailleurs est dans les magasins d’ici, et personne ne garantit qu’il est le sien',
    hint: 'comparez son empreinte avec ce que cette personne vous dit, et donnez le fichier du certificat',
  },
  recipient_several: {
    says: '{name} peut être chacun de {found}',
    hint: 'donnez l’adresse électronique, ou le fichier du certificat',
  },
  recipient_desks: {
    says: 'plusieurs services ont un certificat de {name} : {found}',
    hint: 'dites de quel service avec --desk, ou donnez le fichier du certificat voulu',
  },
  recipient_otherwise: {
    says: 'à {name}, {desk} répond par {found}, que le certificat n’appelle pas ainsi',
    hint: 'écrivez-le comme il est là, nommez un autre service avec --desk, ou donnez le fichier du certificat voulu',
  },
  recipient_status_unknown: {
    says: 'on ne sait pas si le certificat de {name} est révoqué ({reason})',
    hint: 'réessayez quand les adresses qu’il contient répondent ; pour sceller sans le savoir, ajoutez --revocation if-known',
  },
  own_key_missing: {
    says: 'aucune clé des magasins de cette machine n’ouvre {file}',
    hint: 'donnez la clé avec --key FICHIER',
  },
  own_certificate_missing: {
    says: '{file} contient une clé sans son certificat',
    hint: 'donnez le certificat avec --certificate FICHIER',
  },
  not_sealed: { says: '{file} n’est pas un fichier scellé', hint: 'regardez avec scel inspect' },
  folder_exists: { says: '{file} existe déjà', hint: 'déplacez-le, ou choisissez un autre endroit avec -o' },
  out_is_input: { says: '{file} serait écrit sur lui-même', hint: 'choisissez un autre nom avec -o' },
  out_needed: { says: 'le contenu de l’entrée standard n’a pas de nom', hint: 'donnez-en un avec -o' },
  danger_needs_out: { says: '{option} n’est que pour la sortie standard', hint: 'ajoutez -o -, ou retirez-la' },
  archive_refused: {
    says: 'l’archive n’a pas été dépliée : {reason, select, name {le nom {name} mènerait ailleurs} letters {le nom {name} a des lettres qu’un nom ne doit pas avoir} link {l’entrée {name} n’est ni fichier ni dossier} encrypted {l’entrée {name} est chiffrée une fois de plus} compressed {l’entrée {name} n’est pas de celles que fait scel seal} twice {le nom {name} vient deux fois} overlap {ses entrées se recouvrent} size {elle deviendrait plus grande qu’elle n’est} entries {elle contient trop d’entrées} other {elle est abîmée, ou se lit de deux façons}}',
    hint: 'demandez à qui l’a scellée ; --keep-zip la laisse telle quelle',
  },
}

import type { Sentence } from '@scel/contract/errors'
import type { FAILURES_EN } from './failures.en.ts'

/** Ce qui peut échouer de ce côté. Le type exige une traduction pour chaque échec. */
export const FAILURES_FR: Readonly<Record<keyof typeof FAILURES_EN, Sentence>> = {
  // la ligne de commande
  option_unknown: { says: 'option inconnue : {option}', hint: 'voyez les options avec --help' },
  option_value_missing: { says: 'l’option {option} demande une valeur', hint: 'voyez les options avec --help' },
  option_value_wrong: { says: 'l’option {option} ne peut pas être {value}', hint: 'donnez {expected}' },
  option_missing: {
    says: 'l’option {option} manque',
    hint: 'ajoutez-la, ou lancez la commande dans un terminal pour répondre aux questions',
  },
  option_needs: { says: 'l’option {option} demande {other}', hint: 'ajoutez {other}' },
  options_exclude: { says: 'les options {one} et {other} s’excluent', hint: 'gardez l’une des deux' },
  option_not_for_kit: { says: 'l’option {option} ne convient pas à ce kit', hint: 'retirez-la' },
  argument_missing: { says: 'l’argument {argument} manque', hint: 'voyez les arguments avec --help' },
  argument_wrong: { says: '{value} n’est pas {expected}', hint: 'voyez les arguments avec --help' },
  argument_extra: { says: 'il y a trop d’arguments', hint: 'voyez les arguments avec --help' },
  command_unknown: { says: 'commande inconnue : {command}', hint: 'voyez les commandes avec --help' },

  // les fichiers
  file_missing: { says: 'fichier introuvable : {file}', hint: 'vérifiez le chemin' },
  file_unreadable: { says: '{file} ne peut pas être lu ({reason})', hint: 'vérifiez qui a le droit de le lire' },
  file_too_large: { says: '{file} dépasse {limit} octets', hint: 'vérifiez que c’est le bon fichier' },
  folder_missing: { says: 'le dossier {folder} n’existe pas', hint: 'créez-le, ou choisissez-en un autre' },
  target_not_file: {
    says: '{file} n’est pas un fichier et ne sera pas remplacé',
    hint: 'choisissez un autre nom avec -o',
  },
  file_unwritable: {
    says: '{file} ne peut pas être écrit ({reason})',
    hint: 'vérifiez qui a le droit d’y écrire, ou choisissez un autre dossier',
  },
  machine_store_closed: {
    says: 'le magasin de la machine {folder} est fermé à cet utilisateur',
    hint: 'lancez la commande en tant qu’administrateur',
  },
  disk_full: {
    says: 'le disque est plein : {file} n’a pas été écrit',
    hint: 'faites de la place et relancez la commande',
  },
  kit_malformed: {
    says: '{file} n’est pas un kit d’enrôlement ({where})',
    hint: 'redemandez le kit, il est peut-être coupé',
  },
  kit_newer: {
    says: '{file} vient d’un service plus récent que ce scel',
    hint: 'installez le scel de ce service',
  },
  kit_older: {
    says: '{file} date d’avant la mise à jour de son service',
    hint: 'demandez un nouveau kit à ceux qui gèrent le service',
  },
  kit_unsigned: {
    says: 'ce que {file} dit de son service n’est pas signé par ce service ({why})',
    hint: 'n’utilisez rien de ce kit : quelqu’un l’a modifié ; demandez-en un autre à ceux qui gèrent le service, par une autre voie',
  },
  kit_root_other: {
    says: 'le kit indique une autre racine de l’environnement {environment} que son service aujourd’hui',
    hint: 'demandez un nouveau kit à ceux qui gèrent le service ; s’ils disent que sa racine n’a pas changé, quelqu’un a modifié celui-ci : dites-le-leur',
  },
  pin_file_exposed: {
    says: 'd’autres sur cette machine peuvent lire le code PIN dans {file} ({mode})',
    hint: 'chmod 600 {file}, et changez le code PIN si quelqu’un a pu le lire',
  },
  pin_file_foreign: {
    says: 'le code PIN dans {file} appartient à un autre utilisateur de cette machine (uid {owner})',
    hint: 'donnez le fichier (chown) à vous-même ou à root, chmod 600, et changez le code PIN si quelqu’un a pu le lire',
  },
  state_busy: {
    says: 'une autre exécution de scel occupe {file} depuis une demi-minute',
    hint: 'attendez qu’elle finisse, ou arrêtez-la, puis relancez la commande',
  },
  record_malformed: {
    says: '{file} est abîmé',
    hint: 'mettez-le de côté ; les demandes déjà faites ne se suivent alors plus que dans le portail',
  },
  key_file_malformed: { says: 'la clé de {file} est inutilisable', hint: 'restaurez le fichier d’une sauvegarde' },
  passphrase_too_short: {
    says: 'la phrase de passe de {file} a moins de {least} caractères',
    hint: 'choisissez-en une plus longue',
  },
  machine_unrecognisable: {
    says: 'cette machine n’a ni identifiant ni carte réseau qui permette de la reconnaître',
    hint: 'demandez un kit de serveur, qui prend un nom d’hôte',
  },

  // le chemin du service
  name_not_found: { says: 'le réseau ne connaît pas le nom {host}', hint: 'vérifiez le nom et la connexion' },
  connection_refused: {
    says: '{host} refuse les connexions sur le port {port}',
    hint: 'vérifiez que le service est en marche',
  },
  network_unreachable: {
    says: '{host} est hors d’atteinte depuis ce réseau',
    hint: 'vérifiez le câble, le sans-fil et le VPN',
  },
  no_answer: {
    says: '{host} n’a pas répondu en {seconds} s',
    hint: 'réessayez plus tard, ou vérifiez le pare-feu',
  },
  connection_lost: { says: '{host} a fermé la connexion', hint: 'réessayez' },
  connection_failed: { says: 'la connexion à {host} a échoué ({reason})', hint: 'réessayez' },
  not_tls: { says: '{host} ne parle pas TLS sur le port {port}', hint: 'vérifiez le port de l’adresse' },
  tls_refused: {
    says: '{host} a refusé la négociation TLS ({reason})',
    hint: 'réessayez ; puis prévenez l’administrateur',
  },
  desk_not_trusted: {
    says: 'le certificat de {host} ne vient pas du service de votre kit',
    hint: 'un mandataire s’interpose peut-être, ou le service a été réinstallé : demandez un nouveau kit',
  },
  desk_certificate_expired: {
    says: 'le certificat de {host} est expiré, ou l’horloge de cette machine avance',
    hint: 'vérifiez la date et l’heure d’ici ; puis prévenez l’administrateur',
  },
  desk_certificate_early: {
    says: 'le certificat de {host} n’est pas encore valable, ou l’horloge de cette machine retarde',
    hint: 'vérifiez la date et l’heure d’ici ; puis prévenez l’administrateur',
  },
  desk_other_name: {
    says: 'le certificat du service ne porte pas le nom {host}',
    hint: 'utilisez le nom public du service dans l’adresse',
  },
  clock_ahead: {
    says: 'l’horloge de cette machine avance de {span}',
    hint: 'réglez la date et l’heure, puis réessayez',
  },
  clock_behind: {
    says: 'l’horloge de cette machine retarde de {span}',
    hint: 'réglez la date et l’heure, puis réessayez',
  },
  answer_unreadable: {
    says: '{host} a répondu autre chose qu’un service Scel (statut {status})',
    hint: 'vérifiez l’adresse ; un mandataire s’interpose peut-être',
  },
  desk_wordless: {
    says: '{host} ne peut pas dire à présent quel service il est ({code}), et sans cela rien ne lui est demandé',
    hint: 'recommencez dans quelques minutes ; si cela dure, prévenez ceux qui gèrent le service : son journal dit pourquoi',
  },
  desk_list_old: {
    says: 'ce que {host} dit de lui-même porte une liste de certificats révoqués qui date de {span}, et une liste de deux jours au plus est acceptée',
    hint: 'regardez si l’horloge de cette machine est juste ; si oui, prévenez ceux qui gèrent le service : il n’a pas publié sa liste, ou quelqu’un répond à sa place',
  },
  desk_unproven: {
    says: 'ce que {host} dit de lui-même n’est pas signé par le service de votre kit ({why})',
    hint: 'quelqu’un répond à sa place, ou c’est une ancienne copie : prévenez ceux qui gèrent le service',
  },
  desk_changed: {
    says: 'à l’adresse {host} répond un autre service que celui de votre kit',
    hint: 'demandez un nouveau kit',
  },

  // demandes et certificats
  no_desk: {
    says: 'cet utilisateur n’a encore demandé de certificat à aucun service',
    hint: 'commencez par scel enrol --kit FICHIER',
  },
  request_unknown: { says: 'vous n’avez pas de demande {number}', hint: 'voyez les vôtres avec scel requests' },
  request_ambiguous: {
    says: 'la demande {number} existe dans plusieurs services',
    hint: 'précisez avec --environment production ou --environment test',
  },
  no_certificate: { says: 'aucun certificat n’est installé', hint: 'récupérez-le avec scel get' },
  certificate_pending: {
    says: 'le certificat n’est pas encore là',
    hint: 'récupérez-le avec scel get --wait une fois approuvé',
  },
  certificate_several: {
    says: '{count} certificats sont installés',
    hint: 'désignez-en un par sa demande : {numbers}',
  },
  certificate_key_absent: {
    says: 'le certificat appartient à une clé qui n’a pas été faite sur cette machine pour ce service',
    hint: 'recommencez l’enrôlement : le nouveau certificat le remplace',
  },
  certificate_key_other: {
    says: 'le service a donné un certificat pour une autre clé que celle de la demande {number} ; il n’a pas été installé',
    hint: 'prévenez ceux qui tiennent le service',
  },
  certificate_names_other: {
    says: 'le service a donné un certificat pour {found}, alors que la demande {number} en voulait un pour {asked} ; il n’a pas été installé',
    hint: 'prévenez ceux qui tiennent le service',
  },
  key_gone: {
    says: 'la clé du certificat installé n’est plus sur cette machine',
    hint: 'recommencez l’enrôlement : le nouveau certificat le remplace',
  },
  certificate_chain_foreign: {
    says: 'le certificat ne remonte pas à la racine de votre kit ({reason})',
    hint: 'ne l’utilisez pas, et prévenez l’administrateur',
  },
  certificate_not_accepted: {
    says: 'le serveur n’a pas accepté le certificat (statut {status})',
    hint: 'demandez à l’exploitant du serveur s’il reconnaît la racine de votre kit',
  },
  certificate_mistaken: {
    says: 'le serveur a vu un autre certificat, de numéro de série {serial}',
    hint: 'quelque chose s’interpose ; connectez-vous sans',
  },
  certificate_other_served: {
    says: '{host} montre un autre certificat, de numéro de série {serial}',
    hint: 'faites utiliser les nouveaux fichiers à ce serveur, et rechargez-le',
  },
  submission_uncertain: {
    says: 'on ne sait pas si le service a pris la demande ({reason}) ; sa clé est gardée',
    hint: 'regardez avec scel requests, ou relancez scel enrol : la nouvelle demande remplace la première',
  },
  csr_file_refused: { says: '{file} : {reason}', hint: '{advice}' },
  csr_key_here: {
    says: 'la clé de cette demande est à cette machine, qui a demandé un certificat pour elle',
    hint: 'enlevez --csr, ou faites une autre clé sur le serveur',
  },
  key_elsewhere: {
    says: 'la clé de la demande {number} est ailleurs : cette machine ne peut pas se servir de son certificat',
    hint: 'faites-le sur le serveur qui a la clé ; scel get {number} --folder écrit le certificat pour lui',
  },
  folder_key_here: {
    says: 'la clé de la demande {number} est sur cette machine, où son certificat a sa place',
    hint: 'enlevez --folder',
  },
  hand_over_taken: {
    says: '{file} existe déjà, et n’est pas un certificat antérieur de ce serveur',
    hint: 'déplacez-le, ou donnez un autre dossier avec --folder',
  },
  hand_over_newer: {
    says: '{file} est un certificat plus récent de ce serveur, et reste',
    hint: 'pour avoir aussi l’ancien, donnez un autre dossier avec --folder',
  },
  hand_over_nameless: {
    says: 'aucun fichier ne peut porter le nom du certificat : {name}',
    hint: 'demandez à l’administrateur du service',
  },
  submission_refused_here: { says: 'vous n’avez pas confirmé la demande', hint: 'relancez la commande' },

  // confiance
  root_missing: {
    says: 'aucune racine à reconnaître',
    hint: 'donnez --root FICHIER, ou --desk URL avec --fingerprint',
  },
  root_unconfirmed: {
    says: 'la racine de {desk} dans l’environnement {environment} n’a pas été comparée : personne n’y a demandé de certificat d’ici, et la parole du service seule ne suffit pas',
    hint: 'donnez --fingerprint avec ce que le portail du service affiche sous Autorités dans cet environnement',
  },
  fingerprint_missing: {
    says: 'l’empreinte de la racine n’a pas été comparée',
    hint: 'donnez --fingerprint avec ce que le service a affiché au démarrage',
  },
  fingerprint_differs: {
    says: 'l’empreinte de la racine est {found}, et non {expected} : rien n’a été reconnu',
    hint: 'comparez avec ce que le service a affiché ; si elle diffère encore, quelqu’un s’interpose peut-être',
  },
  root_not_offered: {
    says: '{host} n’a pas de racine d’empreinte {expected} : rien n’a été reconnu',
    hint: 'comparez avec ce que le service a affiché ; si elle diffère encore, quelqu’un s’interpose peut-être',
  },
  root_not_a_root: {
    says: 'ce n’est pas le certificat d’une autorité racine',
    hint: 'demandez la racine à l’administrateur',
  },
  root_not_current: {
    says: 'la racine n’est pas valable aujourd’hui',
    hint: 'vérifiez l’horloge, puis demandez la racine actuelle',
  },
  trust_not_confirmed: {
    says: 'vous n’avez pas confirmé la racine : rien n’a été reconnu',
    hint: 'relancez la commande',
  },
  store_unsupported: {
    says: 'cette machine n’a pas de magasin {store} que scel connaisse',
    hint: 'choisissez-en un autre avec --store',
  },
  tool_missing: { says: 'le programme {tool} n’est pas installé', hint: 'installez le paquet {package}' },
  tool_failed: {
    says: 'le programme {tool} a échoué : {reason}',
    hint: 'voyez ce qu’il dit, puis relancez la commande',
  },
  browser_database_locked: {
    says: 'la base de certificats {folder} a un mot de passe principal',
    hint: 'importez la racine dans les réglages de ce programme',
  },
  administrator_needed: {
    says: 'le magasin du système est fermé à cet utilisateur',
    hint: 'lancez la commande en tant qu’administrateur',
  },

  // le reste
  nothing_to_inspect: {
    says: '{file} ne contient ni certificat, ni clé, ni demande, ni liste, ni réponse, et n’est ni signé ni scellé',
    hint: 'donnez un fichier PEM, DER, PKCS #7 (CMS), PKCS #12 ou JWK',
  },
  clipboard_missing: {
    says: 'il n’y a pas de presse-papiers où copier',
    hint: 'installez wl-clipboard ou xclip, ou copiez la ligne ci-dessus',
  },
  interrupted: { says: 'interrompu', hint: 'rien n’est resté à moitié fait : relancez la commande' },
  unexpected: { says: 'imprévu : {what}', hint: 'signalez-le avec cette ligne' },
}

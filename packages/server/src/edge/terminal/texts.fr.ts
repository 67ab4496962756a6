import type { Texts } from './texts.ts'

export const FR: Texts = {
  program: 'Le service Scel : autorité, enregistrement, portail et protocoles en un programme.',
  commands: {
    start: 'démarre le service ; le premier démarrage crée ses autorités',
    inviteAdmin: 'crée un lien à usage unique pour un administrateur, sur la machine hôte',
    acceptRestore: 'accepte telle quelle une base de données remise d’une sauvegarde, service arrêté',
    erasePerson: 'efface le nom et l’adresse de quelqu’un dont le compte est désactivé, sur la machine hôte',
    ceremony: 'fait ce que seule la racine peut faire : sa liste, des autorités ; service en marche ou non',
    audit: 'vérifie ou exporte le journal',
    auditVerify:
      'recalcule le journal hors ligne et nomme la première ligne qui n’est pas ce qu’elle était ; aussi à côté d’un service en marche',
    auditExport: 'écrit le journal sur la sortie standard, un objet JSON par ligne',
    migrate: 'met la base de données à cette version, puis s’arrête',
  },
  options: {
    data: 'dossier des clés et de la base de données (par défaut : ./data)',
    publicName: 'nom d’hôte sous lequel on joint le service ; il figure dans chaque certificat',
    name: 'nom du service et de ses autorités (par défaut : Scel)',
    portalPort: 'port du portail et de l’API, HTTPS (par défaut : 8443)',
    mutualPort: 'port de la porte TLS mutuelle (par défaut : 8444)',
    publicPort: 'port des listes, d’OCSP, de l’horodatage et des certificats d’autorité, HTTP (par défaut : 8080)',
    metricsPort: 'port de /metrics, pour cette seule machine (par défaut : aucun)',
    host: 'adresse d’écoute (par défaut : cette machine seule pour localhost, sinon toutes)',
    database: 'PostgreSQL, postgres://utilisateur@hôte/nom (par défaut : SQLite dans le dossier)',
    databasePasswordFile: 'fichier du mot de passe de la base de données',
    passphraseFile: 'fichier de la phrase de passe qui chiffre les clés (par défaut : un fichier de clé aléatoire)',
    rootPassphraseFile:
      'fichier d’une phrase de passe propre à la racine ; utile au premier démarrage et aux cérémonies seulement (par défaut : comme les autres clés)',
    rootToken:
      'jeton où les nouvelles racines sont créées et restent, avec un code PIN à lui (par défaut : dans des fichiers)',
    authorityToken:
      'jeton des nouvelles autorités émettrices, avec module-path et pin-source (par défaut : dans des fichiers)',
    responderToken: 'jeton des nouveaux répondeurs OCSP (par défaut : dans des fichiers)',
    profiles: 'dossier de vos propres profils de certificats, un fichier JSON chacun (voir docs/operating/profiles.md)',
    timeStampToken: 'jeton des nouvelles clés d’horodatage (par défaut : dans des fichiers)',
    authorityKey: 'clé des nouvelles autorités : ec-p256, ec-p384, rsa-3072, rsa-4096 (par défaut : ec-p256)',
    tlsCertificate: 'fichier PEM du certificat TLS du portail et de sa chaîne (par défaut : émis par le service)',
    tlsKey: 'fichier PEM de la clé de ce certificat',
    sessionIdleMinutes: 'minutes d’inactivité après lesquelles une session se termine (par défaut : 30)',
    sessionHours: 'heures après lesquelles toute session se termine (par défaut : 12)',
    requestsPerMinute: 'appels par minute permis à une adresse réseau (par défaut : 6000)',
    pendingPerKit: 'demandes faites avec un même kit qui peuvent attendre une décision (par défaut : 200)',
    pendingPerApplicant: 'demandes d’une même clé de demandeur qui peuvent attendre une décision (par défaut : 50)',
    connectionsPerAddress: 'connexions permises à une adresse réseau, à chaque porte (par défaut : 1000)',
    headsFolder:
      'dossier auquel s’ajoutent les têtes signées du journal, de préférence en ajout seul (par défaut : aucun)',
    headsAddress: 'adresse https à laquelle sont envoyées les têtes signées du journal (par défaut : aucune)',
    headsNetwork: 'public, ou any pour appeler aussi http et des noms d’un réseau privé (par défaut : public)',
    webhookAddress:
      'adresse https informée des décisions sur les demandes et de celles qui expirent (par défaut : aucune)',
    webhookSecretFile: 'fichier du secret qui signe ce qui lui est envoyé, whsec_ suivi de base64',
    webhookNetwork: 'public, ou any pour appeler aussi http et des noms d’un réseau privé (par défaut : public)',
    logLevel: 'error, warn, info ou debug (par défaut : info, warn sur un terminal)',
    language: 'langue de ce terminal, en ou fr (par défaut : celle du système)',
    config: 'fichier JSON contenant n’importe lesquelles de ces options',
    environment: 'production ou test',
    adminName: 'nom de l’administrateur',
    adminEmail: 'adresse électronique de l’administrateur',
    yes: 'ne pas demander',
    shown:
      'SHA-256 d’un certificat venu d’ailleurs qu’elle a montré pour se connecter, et que nomme le journal ; peut être donné plusieurs fois',
    person: 'l’identifiant de la personne : la fin de l’adresse de sa page',
    withoutKeys: 'démarrer bien que des clés d’autorités en service manquent ; rien n’est signé avec elles',
    logFile: 'une copie de la base de données intégrée, ou un export (par défaut : la base du service)',
    head: 'fichier d’une tête signée conservée ailleurs : le journal doit en être la suite',
    key: 'clé du journal, nom+id+clé ; peut être répétée (par défaut : celle que dit le journal)',
    withoutMark: 'accepter la base bien que personne ne puisse dire ce qui y manque',
  },
  faults: {
    given_twice: 'le fichier la donne deux fois, et une seule des deux valeurs peut être voulue',
    unknown_option: 'cette option n’existe pas',
    not_a_port: 'un port est un nombre de 1 à 65535',
    not_a_host_name:
      'un nom d’hôte se compose de lettres, chiffres, traits d’union et points, et n’est pas une adresse',
    not_a_network_address: 'ce n’est ni une adresse IP ni un nom d’hôte',
    not_a_whole_number: 'il faut un nombre entier de {min} à {max}',
    not_one_of: 'valeurs possibles : {choices}',
    not_a_postgres_address: 'une adresse a la forme postgres://utilisateur@hôte/base',
    password_in_address:
      'un mot de passe n’a pas sa place dans une adresse : mettez-le dans un fichier, --database-password-file',
    needs_other_option: 'cette option demande aussi {other}',
    same_port_twice: '{other} a le même port',
    same_file_twice: '{other} a le même fichier ; il faut à la racine une phrase de passe à elle',
    line_too_long: 'il faut une ligne de 1 à {max} caractères',
    letters_unseen:
      'il y a là des caractères que personne ne voit, ou rien à voir : retapez ce texte, sans ce qui a été collé avec lui',
    file_unreadable: 'ce fichier est illisible',
    file_not_json: 'ce fichier ne contient pas d’objet JSON',
    not_a_web_address: 'une adresse ressemble à https://hôte/chemin, sans mot de passe',
    not_text: 'il faut un texte ou un nombre',
    not_a_token:
      'un jeton a la forme pkcs11:token=NOM?module-path=/chemin/du/module.so&pin-source=file:/chemin/du/code ; voyez : {what}',
    same_token_twice: '{other} a le même jeton ; il en faut un à la racine, sous un autre code PIN',
  },
  refused: {
    config: '{count, plural, one {la configuration a un défaut} other {la configuration a # défauts}} :',
    held: 'un autre service utilise le dossier {path} ; arrêtez-le, ou donnez à celui-ci le sien avec --data',
    portTaken: 'le port {port} est pris par un autre programme ; arrêtez-le, ou choisissez un autre port',
    portForbidden:
      'cet utilisateur ne peut pas écouter sur le port {port} ; choisissez-en un au-dessus de 1023, ou permettez-le',
    address: 'cette machine n’a pas l’adresse {address} ; corrigez --host',
    desk: '{says} {hint}',
    file: 'le fichier {path} est illisible : {reason}',
    descriptors:
      'ce processus ne peut pas ouvrir assez de fichiers ({reason}) ; portez sa limite à 1024 ou plus (ulimit -n, LimitNOFILE=), puis recommencez',
    noRoom: 'il n’y a plus de place sur le disque pour {path} ({reason}) ; faites de la place, puis recommencez',
    tooNew:
      'la base de données vient d’un programme plus récent (version {found}, celui-ci connaît {known}) ; démarrez celui-là, ou restaurez la sauvegarde d’avant la mise à jour',
    storage_full: 'le disque de la base de données est plein ({reason}) ; faites de la place, puis recommencez',
    storage_unavailable:
      'la base de données ne répond pas ({reason}) ; vérifiez qu’elle tourne et qu’elle est joignable, puis recommencez',
    storage_uncertain:
      'la base de données s’est interrompue pendant l’enregistrement ({reason}) ; recommencez : ce qui s’y trouve est retrouvé et gardé',
    storage_altered:
      'la base de données refuse ce dont le service a besoin ({reason}) ; rendez ses droits au rôle du service, ou restaurez la base',
    storage_damaged: 'la base de données est endommagée ({reason}) ; restaurez-la depuis sa sauvegarde',
  },
  start: {
    askPublicName: 'Nom d’hôte sous lequel on joint ce service (il figure dans chaque certificat)',
    made: 'Premier démarrage : les autorités ont été créées.',
    ready: 'Le service {name} est prêt.',
    portal: 'Portail et API',
    mutual: 'TLS mutuel',
    public: 'Listes, OCSP, horodatage',
    data: 'Données',
    fingerprint: 'Racine, SHA-256',
    trust: 'Pour que votre navigateur fasse confiance au portail :',
    link: 'Lien du premier administrateur :',
    linkOnce: 'Il sert une seule fois, jusqu’au {expiresAt, date, long}. Quiconque l’ouvre devient administrateur.',
    noTrust: 'Le portail utilise le certificat TLS que vous avez donné.',
    stop: 'Ctrl-C arrête le service.',
    stopping: 'arrêt : les appels en cours se terminent',
    cut: 'quelque chose n’a pas fini à temps, la base de données ou un fil d’exécution peut-être : arrêté sans l’attendre ; rien de ce qui a été répondu n’est perdu',
    stopped: 'arrêté',
    oldCrypto: 'ce Node apporte OpenSSL {found} ; {wanted} ou plus récent contient des corrections importantes ici',
  },
  inviteAdmin: {
    link: 'Lien d’un administrateur de l’environnement {environment, select, test {de test} other {de production}} :',
    linkOnce: 'Il sert une seule fois, jusqu’au {expiresAt, date, long}. Quiconque l’ouvre devient administrateur.',
  },
  erasePerson: {
    who: 'Ceci efface {name} {email} : le nom, les adresses et ce qu’elle a écrit, partout où le service les garde.',
    again: 'Cette personne a déjà été effacée. Ce qui serait resté l’est maintenant.',
    stays:
      'Ce que disent les certificats et ce qui a été demandé pour eux reste : c’est signé. Les sauvegardes et les exports déjà faits ne changent pas.',
    ask: 'Effacer pour de bon ? [o/N]',
    left: 'Rien n’a été effacé.',
    done: 'Effacés : le compte, {rows, plural, one {# autre ligne} other {# autres lignes}} de la base et {lines, plural, one {# ligne} other {# lignes}} du journal.',
    noFingerprint: '--shown {given} n’est pas le SHA-256 d’un certificat : ce sont 64 chiffres ou lettres de a à f',
    unknown: 'Aucune ligne du journal ne porte sur le certificat {fingerprint} : rien n’a été trouvé par lui.',
    unvouched:
      'Une ligne de la base lui attribue {kind, select, request {la demande} other {le certificat}} {id}, et rien de ce que le service a écrit ne le dit : ce que le journal en dit est resté.',
  },
  acceptRestore: {
    older: 'La base de données n’atteint pas ce que le service a retenu le {since, date, long}.',
    whole:
      'La base de données atteint tout ce que le service a retenu. Les listes sont publiées sous des numéros plus élevés quand même.',
    unread: 'Ce que le service a retenu est illisible : personne ne peut dire ce qui manque à cette base. {reason}',
    log: {
      cut: 'Des lignes manquent à la fin du journal.',
      altered: 'Des lignes à la fin du journal ont été modifiées.',
    },
    lists: 'Autorité {authority} : la liste {marked} a été publiée, la base connaît la liste {found}.',
    revocations:
      'Autorité {authority} : {marked, plural, one {# certificat a été révoqué} other {# certificats ont été révoqués}}, la base en connaît {found, number}.',
    others: 'Autorité {authority} : la liste {number} de la base n’est pas la liste {number} qui a été publiée.',
    lost: 'Ce qui s’est passé depuis est perdu : les certificats émis sont inconnus, et ceux révoqués sont de nouveau valables. Révoquez-les de nouveau par leur numéro de série.',
    ask: 'L’accepter telle quelle ? [o/N]',
    done: 'La base est acceptée ; les numéros de ses listes continuent au-dessus de tous ceux qui ont servi. Démarrez le service.',
    foreign:
      'La ligne {number} du journal n’est pas de ce service : elle reste hors de l’arbre, et toute vérification du journal le signale.',
    unpublished:
      'La liste de {authority} n’a pas pu être publiée pour le moment ({reason}). Elle suivra d’elle-même, sous un nouveau numéro, dès qu’elle pourra être signée.',
    left: 'Rien n’a été modifié. --yes accepte sans demander.',
  },
  ceremony: {
    askPassphrase: 'Phrase de passe de la racine, ou code PIN de son jeton :',
    moved:
      '{count, plural, one {# clé de racine est désormais} other {# clés de racines sont désormais}} sous une phrase de passe à part. Sans elle, personne ne peut s’en servir, ce service non plus : gardez-la à deux endroits. Les sauvegardes d’avant s’ouvrent encore avec le secret du service.',
    completed: 'Autorités commencées, signées maintenant : {count}.',
    made: 'Nouvelles autorités : {count}.',
    lists: 'Nouvelles listes de la racine : {count}.',
    nothing: 'Rien n’était à faire.',
    failed: 'Une autorité n’a pas pu être signée : {reason}',
    restart: 'Redémarrez le service : il utilisera alors les nouvelles autorités.',
  },
  audit: {
    whole:
      'Le journal est intact : {lines, plural, one {# ligne, telle qu’elle fut écrite} other {# lignes, chacune telle qu’elle fut écrite}}.',
    head: 'Dernière tête signée : {size, plural, one {# ligne} other {# lignes}}, {at, date, long}, racine {root}',
    follows: 'Il est la suite de la tête indiquée, de {size, plural, one {# ligne} other {# lignes}}.',
    unproven:
      'Aucune tête signée ne couvre encore {count, plural, one {la dernière ligne} other {les # dernières lignes}}.',
    erased: 'Données personnelles effacées : {count, number}.',
    key: 'Clé : {key}',
    keyGiven:
      'La clé est celle que dit le journal lui-même. Comparez-la à celle que vous avez notée, ou donnez-la par --key : qui réécrit un journal entier y met sa propre clé.',
  },
  migrate: { done: 'La base de données est à la version de ce programme.' },
}

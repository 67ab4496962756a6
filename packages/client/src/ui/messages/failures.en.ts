/** What can go wrong on this side: what it is, and one thing to do about it. Arguments stand in braces (ICU). */
export const FAILURES_EN = {
  // the command line
  option_unknown: { says: 'unknown option {option}', hint: 'see the options with --help' },
  option_value_missing: { says: 'option {option} needs a value', hint: 'see the options with --help' },
  option_value_wrong: { says: 'option {option} cannot be {value}', hint: 'give {expected}' },
  option_missing: { says: 'option {option} is missing', hint: 'add it, or run the command in a terminal to be asked' },
  option_needs: { says: 'option {option} needs {other}', hint: 'add {other}' },
  options_exclude: { says: 'options {one} and {other} cannot be used together', hint: 'keep one of them' },
  option_not_for_kit: { says: 'option {option} is not for this kit', hint: 'leave it out' },
  argument_missing: { says: 'argument {argument} is missing', hint: 'see the arguments with --help' },
  argument_wrong: { says: '{value} is not {expected}', hint: 'see the arguments with --help' },
  argument_extra: { says: 'there are too many arguments', hint: 'see the arguments with --help' },
  command_unknown: { says: 'unknown command {command}', hint: 'see the commands with --help' },

  // files
  file_missing: { says: 'no such file: {file}', hint: 'check the path' },
  file_unreadable: { says: '{file} cannot be read ({reason})', hint: 'check who may read it' },
  file_too_large: { says: '{file} is longer than {limit} bytes', hint: 'check that it is the right file' },
  folder_missing: { says: 'there is no folder {folder}', hint: 'make it, or choose another' },
  target_not_file: { says: '{file} is not a file, and is not written over', hint: 'choose another name with -o' },
  file_unwritable: {
    says: '{file} cannot be written ({reason})',
    hint: 'check who may write there, or choose another folder',
  },
  machine_store_closed: {
    says: 'the machine store {folder} is closed to this user',
    hint: 'run the command as administrator',
  },
  disk_full: { says: 'the disk is full: {file} was not written', hint: 'make room and run the command again' },
  kit_malformed: { says: '{file} is not an enrolment kit ({where})', hint: 'ask for the kit again, it may be cut' },
  kit_newer: { says: '{file} was made by a newer desk than this scel knows', hint: 'install the scel of that desk' },
  kit_older: {
    says: '{file} was made by a desk before its upgrade',
    hint: 'ask those who run the desk for a new kit',
  },
  kit_unsigned: {
    says: 'what {file} says of its desk is not signed by that desk ({why})',
    hint: 'use nothing of this kit: somebody wrote it over; ask those who run the desk for another one, by another way',
  },
  kit_root_other: {
    says: 'the kit names another root of the {environment} environment than its desk does now',
    hint: 'ask those who run the desk for a new kit; where they say that its root did not change, somebody wrote into this one: tell them',
  },
  pin_file_exposed: {
    says: 'others on this machine can read the PIN in {file} ({mode})',
    hint: 'chmod 600 {file}, and change the PIN if somebody may have read it',
  },
  pin_file_foreign: {
    says: 'the PIN in {file} belongs to another user of this machine (uid {owner})',
    hint: 'chown it to yourself or to root, chmod 600, and change the PIN if somebody may have read it',
  },
  state_busy: {
    says: 'another run of scel has been at work on {file} for half a minute',
    hint: 'wait until it has ended, or end it, and run the command again',
  },
  record_malformed: {
    says: '{file} is damaged',
    hint: 'move it away; requests already made can then be followed in the portal only',
  },
  key_file_malformed: { says: 'the key in {file} cannot be used', hint: 'restore the file from a backup' },
  passphrase_too_short: {
    says: 'the passphrase in {file} is shorter than {least} characters',
    hint: 'choose a longer one',
  },
  machine_unrecognisable: {
    says: 'this machine has neither a machine id nor a network card to be recognised by',
    hint: 'ask for a server kit, which takes a host name',
  },

  // the way to the desk
  name_not_found: { says: 'the name {host} is not known to the network', hint: 'check the name and the connection' },
  connection_refused: { says: '{host} refuses connections on port {port}', hint: 'check that the service is running' },
  network_unreachable: { says: '{host} cannot be reached from this network', hint: 'check cable, wireless and VPN' },
  no_answer: { says: '{host} did not answer within {seconds} s', hint: 'try again later, or check the firewall' },
  connection_lost: { says: '{host} closed the connection', hint: 'try again' },
  connection_failed: { says: 'the connection to {host} failed ({reason})', hint: 'try again' },
  not_tls: { says: '{host} does not speak TLS on port {port}', hint: 'check the port of the address' },
  tls_refused: { says: '{host} refused the TLS handshake ({reason})', hint: 'try again; then tell the administrator' },
  desk_not_trusted: {
    says: 'the certificate of {host} does not come from the desk of your kit',
    hint: 'a proxy may stand between, or the desk was set up anew: ask for a new kit',
  },
  desk_certificate_expired: {
    says: 'the certificate of {host} is expired, or the clock of this machine is ahead',
    hint: 'check date and time here; then tell the administrator',
  },
  desk_certificate_early: {
    says: 'the certificate of {host} is not valid yet, or the clock of this machine is behind',
    hint: 'check date and time here; then tell the administrator',
  },
  desk_other_name: {
    says: 'the desk’s certificate does not name {host}',
    hint: 'use the desk’s public name in the address',
  },
  clock_ahead: { says: 'the clock of this machine is {span} ahead', hint: 'set date and time, and try again' },
  clock_behind: { says: 'the clock of this machine is {span} behind', hint: 'set date and time, and try again' },
  answer_unreadable: {
    says: '{host} answered something that is not of a desk (status {status})',
    hint: 'check the address; a proxy may stand between',
  },
  desk_wordless: {
    says: '{host} cannot say now which desk it is ({code}), and without that nothing is asked of it',
    hint: 'try again in a few minutes; if it stays so, tell those who run the desk: its log says why',
  },
  desk_list_old: {
    says: 'what {host} says of itself carries a list of revoked certificates that is {span} old, and one of two days at most is taken',
    hint: 'look whether the clock of this machine is right; if it is, tell those who run the desk: it has not published its list, or somebody answers in its place',
  },
  desk_unproven: {
    says: 'what {host} says of itself is not signed by the desk of your kit ({why})',
    hint: 'somebody answers in its place, or it is an old copy of it: tell those who run the desk',
  },
  desk_changed: { says: 'at {host} answers another desk than that of your kit', hint: 'ask for a new kit' },

  // requests and certificates
  no_desk: { says: 'this user has not asked any desk for a certificate yet', hint: 'begin with scel enrol --kit FILE' },
  request_unknown: { says: 'there is no request {number} of yours', hint: 'see yours with scel requests' },
  request_ambiguous: {
    says: 'request {number} exists at several desks',
    hint: 'name one with --environment production or --environment test',
  },
  no_certificate: { says: 'no certificate is installed', hint: 'fetch it with scel get' },
  certificate_pending: {
    says: 'the certificate is not there yet',
    hint: 'fetch it with scel get --wait once it is approved',
  },
  certificate_several: {
    says: '{count} certificates are installed',
    hint: 'name one by its request: {numbers}',
  },
  certificate_key_absent: {
    says: 'the certificate belongs to a key that was not made on this machine for this desk',
    hint: 'enrol again: the new certificate takes its place',
  },
  certificate_key_other: {
    says: 'the desk gave a certificate for another key than that of request {number}; it was not installed',
    hint: 'tell those who run the desk',
  },
  certificate_names_other: {
    says: 'the desk gave a certificate for {found}, while request {number} asked for {asked}; it was not installed',
    hint: 'tell those who run the desk',
  },
  key_gone: {
    says: 'the key of the installed certificate is not on this machine any more',
    hint: 'enrol again: the new certificate takes its place',
  },
  certificate_chain_foreign: {
    says: 'the certificate does not chain to the root of your kit ({reason})',
    hint: 'do not use it, and tell the administrator',
  },
  certificate_not_accepted: {
    says: 'the server did not accept the certificate (status {status})',
    hint: 'ask whoever runs the server whether it trusts the root of your kit',
  },
  certificate_mistaken: {
    says: 'the server saw another certificate, with serial number {serial}',
    hint: 'something stands between; connect without it',
  },
  certificate_other_served: {
    says: '{host} shows another certificate, with serial number {serial}',
    hint: 'let that server use the new files, and reload it',
  },
  submission_uncertain: {
    says: 'it is not known whether the desk took the request ({reason}); its key is kept',
    hint: 'look with scel requests, or run scel enrol again: it replaces the first one',
  },
  csr_file_refused: { says: '{file}: {reason}', hint: '{advice}' },
  csr_key_here: {
    says: 'the key of this request is one of this machine, which has asked for a certificate for it',
    hint: 'leave --csr out, or make a key of its own on the server',
  },
  key_elsewhere: {
    says: 'the key of request {number} is elsewhere: this machine has no use of its certificate',
    hint: 'do that on the server that has the key; scel get {number} --folder writes the certificate for it',
  },
  folder_key_here: {
    says: 'the key of request {number} is on this machine, where its certificate belongs',
    hint: 'leave --folder out',
  },
  hand_over_taken: {
    says: '{file} is there already, and is not an earlier certificate of this server',
    hint: 'move it away, or give another folder with --folder',
  },
  hand_over_newer: {
    says: '{file} is a newer certificate of this server, and stays',
    hint: 'to have the older one too, give another folder with --folder',
  },
  hand_over_nameless: {
    says: 'no file can have the name of the certificate: {name}',
    hint: 'ask the administrator of the desk',
  },
  submission_refused_here: { says: 'you did not confirm the request', hint: 'run the command again' },

  // trust
  root_missing: {
    says: 'there is no root to trust',
    hint: 'give --root FILE, or --desk URL with --fingerprint',
  },
  root_unconfirmed: {
    says: 'the root of {desk} in the {environment} environment was not compared: nobody asked for a certificate there from here, and its word alone is not enough',
    hint: 'give --fingerprint with what the portal of the desk shows under Authorities in that environment',
  },
  fingerprint_missing: {
    says: 'the fingerprint of the root was not compared',
    hint: 'give --fingerprint with what the desk printed when it started',
  },
  fingerprint_differs: {
    says: 'the fingerprint of the root is {found}, not {expected}: nothing was trusted',
    hint: 'compare it with what the desk printed; if it still differs, somebody may stand between',
  },
  root_not_offered: {
    says: '{host} has no root with the fingerprint {expected}: nothing was trusted',
    hint: 'compare it with what the desk printed; if it still differs, somebody may stand between',
  },
  root_not_a_root: {
    says: 'this is not the certificate of a root authority',
    hint: 'ask the administrator for the root',
  },
  root_not_current: { says: 'the root is not valid today', hint: 'check the clock, then ask for the present root' },
  trust_not_confirmed: { says: 'you did not confirm the root: nothing was trusted', hint: 'run the command again' },
  store_unsupported: { says: 'this machine has no {store} store that scel knows', hint: 'choose another with --store' },
  tool_missing: { says: 'the program {tool} is not installed', hint: 'install the package {package}' },
  tool_failed: { says: 'the program {tool} failed: {reason}', hint: 'see what it says, then run the command again' },
  browser_database_locked: {
    says: 'the certificate database {folder} has a primary password',
    hint: 'import the root in the settings of that program',
  },
  administrator_needed: { says: 'the system store is closed to this user', hint: 'run the command as administrator' },

  // the rest
  nothing_to_inspect: {
    says: '{file} holds no certificate, key, request, list or answer, and is neither signed nor sealed',
    hint: 'pass a PEM, DER, PKCS #7 (CMS), PKCS #12 or JWK file',
  },
  clipboard_missing: {
    says: 'there is no clipboard to copy to',
    hint: 'install wl-clipboard or xclip, or copy the line above',
  },
  interrupted: { says: 'interrupted', hint: 'nothing was left half done: run the command again' },
  unexpected: { says: 'something unexpected happened: {what}', hint: 'please report it with this line' },
} as const

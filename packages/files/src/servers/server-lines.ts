/** Programs that servers run, whose lines we know. */
export const SERVER_PROGRAMS = ['nginx', 'apache', 'haproxy', 'java'] as const
export type ServerProgram = (typeof SERVER_PROGRAMS)[number]

/** What is written into lines: as the programs take it, quoted where it has to be. */
export interface InLines {
  /** The file with the certificate and those above it, which all of them take. */
  readonly fullChain: string
  /** The file with the private key. HAProxy (2.2 and newer) finds it beside the other one, under its name and `.key`. */
  readonly key: string
  /** Under which a key that keytool made is kept, and where. */
  readonly alias: string
  readonly keystore: string
}

/** The lines by which servers take a certificate: of their configuration, or, of Java, what is run. Apache from 2.4.8 on. */
export const serverLines = ({
  fullChain,
  key,
  alias,
  keystore,
}: InLines): Readonly<Record<ServerProgram, readonly string[]>> => ({
  nginx: [`ssl_certificate     ${fullChain};`, `ssl_certificate_key ${key};`],
  apache: [`SSLCertificateFile    ${fullChain}`, `SSLCertificateKeyFile ${key}`],
  haproxy: [`bind :443 ssl crt ${fullChain}`],
  java: [`keytool -importcert -noprompt -alias ${alias} -keystore ${keystore} -file ${fullChain}`],
})

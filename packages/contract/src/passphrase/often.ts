/** What people choose most, in French and in English, the most frequent first, as published lists of stolen passwords agree. */
export const OFTEN: readonly string[] = `
password azerty qwerty motdepasse admin welcome bonjour soleil iloveyou jetaime dragon monkey football letmein
doudou loulou marseille princess princesse master sunshine shadow chouchou superman batman trustno bienvenue
secret changeme changeit passw0rd pass mdp root toor test guest user login administrateur administrator hello
nicolas camille julien thomas alexandre isabelle caroline chocolat amour maman papa coucou cheval lapin chaton
paris france lyon bordeaux toulouse nantes lille michael jessica jordan harley hunter ranger buster soccer hockey
george andrew charlie computer internet samsung google facebook linkedin starwars pokemon naruto minecraft summer
winter spring autumn printemps automne hiver january february march april august september october november december
janvier mars avril juin juillet septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche
monday tuesday friday sunday family famille friends company entreprise office bureau service support security securite
certificate certificat passphrase phrase passe correct horse battery staple whatever freedom cheese pepper ginger
killer love baby angel lovely flower jordan23 abc123 q1w2e3r4 1q2w3e4r zaq12wsx 123123 000000 111111 654321 666666 121212
`
  .trim()
  .split(/\s+/)

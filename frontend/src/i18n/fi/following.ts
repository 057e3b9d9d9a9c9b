/** Following things. */
export const following = {
  follow: 'Seuraa',
  stop: 'Lopeta seuraaminen',
  stopOf: (name: string) => `Lopeta seuraaminen: ${name}`,
  begun: 'Seuraat tätä.',
  told: 'Saat muutokset päivittäisessä koosteessa.',
  digestOff: 'Koosteesi on pois päältä, joten muutoksista ei lähetetä sinulle viestiä.',
  topicOff: 'Seuraamasi on poistettu koosteestasi, joten muutoksista ei lähetetä sinulle viestiä.',
  choose: 'Muuta valintaa',
  ended: 'Et seuraa tätä enää.',
  feed: 'Muutokset syötteenä (Atom)',
  mine: 'Seuraamani',
  help: 'Seuraaminen alkaa tavoitteen, toimenpiteen, palveluketjun tai foorumin sivulta.',
  none: 'Et seuraa mitään',
};

/** Following things. */
export const following = {
  follow: 'Seuraa',
  stop: 'Lopeta seuraaminen',
  stopOf: (name: string) => `Lopeta seuraaminen: ${name}`,
  begun: 'Saat muutokset päivittäisessä koosteessa.',
  ended: 'Et seuraa tätä enää.',
  feed: 'Muutokset syötteenä (Atom)',
  mine: 'Seuraamani',
  help: 'Saat näiden muutokset päivittäisessä koosteessa. Seuraaminen alkaa tavoitteen, toimenpiteen, palveluketjun tai foorumin sivulta.',
  none: 'Et seuraa mitään',
};

export const components = {
  title: 'Muotokieli',
  lead: 'Kaksi osapuolta kohtaa yhdellä rajalla. Muoto kertoo kuka, merkki kertoo missä kunnossa, katkos kertoo mitä puuttuu. Väri vain vahvistaa.',
};

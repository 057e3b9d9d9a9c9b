-- For the trial of docker-compose.yml only.
alter role yhdyspinta_owner password 'owner-for-trial';
alter role yhdyspinta_app password 'app-for-trial';
alter role yhdyspinta_reader password 'reader-for-trial';

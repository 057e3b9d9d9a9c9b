module yhdyspinta

go 1.26

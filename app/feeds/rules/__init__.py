"""Calendar bytes by RFC 5545 and RFC 7986, without a database."""

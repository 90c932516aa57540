"""What ``fanwen check`` looks at, a file per part of an installation. Each offers `findings(...)`."""

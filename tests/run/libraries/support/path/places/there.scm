;; A program, not a library: the search goes on.
(import (scheme base))

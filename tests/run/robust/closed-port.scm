;; error: read-char: argument 1 must be an open textual input port, but is #<closed input-port string>
(import (scheme base))
(define p (open-input-string "abc"))
(close-port p)
(read-char p)

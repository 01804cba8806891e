;; error: unbound variable
;; status: 65
(import (scheme base))
(display-shared-things-not 1)

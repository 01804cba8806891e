;; error: `if` is a keyword, not a variable
;; status: 65
(import (scheme base))
(list if 1)

;; error: `call-with-output-file` is exported by (scheme file)
;; status: 65
(import (scheme base))
(call-with-output-file "x" list)

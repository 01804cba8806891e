;; A program without imports has all of this, too.
(define x 5)
(write (eval '(* x 2) (interaction-environment)))
(newline)
(write (eval '(+ 1 1) (environment '(scheme base))))
(newline)
;; output: 10
;; output: 2

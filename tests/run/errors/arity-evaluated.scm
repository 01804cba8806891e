;; A procedure that is all of an evaluated form is not taken for the form.
(import (scheme base) (scheme eval))
((eval '(lambda (x y) 'done) (environment '(scheme base))) 1)
;; error: takes 2 arguments, but got 1

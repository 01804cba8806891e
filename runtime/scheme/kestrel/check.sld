;; Checks of arguments for the library's Scheme code: each raises what a primitive would, with the name of the procedure, the argument's position
;; and the value. They are macros, so that they vanish where the optimiser knows the answer.

(define-library (kestrel check)
  (import (kestrel syntax) (kestrel primitives))
  (export check check-procedure check-end check-rest check-rests check-all check-size check-range define-accessors define-twins %wrong-type)
  (begin
    ;; (check pair? who position x "pair")
    (define-syntax check
      (syntax-rules ()
        ((_ is? who position x wanted) (unless (is? x) (%wrong-type who position x wanted)))))
    (define-syntax check-procedure
      (syntax-rules ()
        ((_ who position f) (check procedure? who position f "procedure"))))

    ;; The walk along `whole` has met `rest`, which is no pair: it must be the empty list.
    (define-syntax check-end
      (syntax-rules ()
        ((_ who position rest whole) (unless (null? rest) (%wrong-type who position whole "list")))))
    ;; The same, if the walk may have ended before the list did, because another one was shorter.
    (define-syntax check-rest
      (syntax-rules ()
        ((_ who position rest whole) (unless (or (pair? rest) (null? rest)) (%wrong-type who position whole "list")))))
    (define (check-rests who position rests wholes)
      (unless (null? rests)
        (check-rest who position (car rests) (car wholes))
        (check-rests who (+ position 1) (cdr rests) (cdr wholes))))

    ;; Every element of a list of arguments, the first of which is at `position`, is of a type.
    (define (check-all is? who position arguments wanted)
      (unless (null? arguments)
        (check is? who position (car arguments) wanted)
        (check-all is? who (+ position 1) (cdr arguments) wanted)))

    ;; (define-accessors wanted (name step …) …): takes cars and cdrs, first step first.
    (define-syntax define-accessors
      (syntax-rules ()
        ((_ wanted (name step ...) ...)
         (begin (define (name x) (walk x (%wrong-type 'name 1 x wanted) step ...)) ...))))
    (define-syntax walk
      (syntax-rules ()
        ((_ x fail) x)
        ((_ x fail step more ...) (let ((y x)) (if (pair? y) (walk (step y) fail more ...) fail)))))

    ;; (define-twins (name …) who procedure): the same procedure under several names; `who` stands for the name in it.
    (define-syntax define-twins
      (syntax-rules ()
        ((_ (name ...) who procedure)
         (begin
           (define-syntax instance (syntax-rules () ((_ who) procedure)))
           (define name (instance name)) ...))))

    ;; No list has more elements than the greatest fixnum.
    (define (size? x) (and (exact-integer? x) (<= 0 x 1152921504606846975)))
    (define (wrong-size who position n)
      (%wrong-type who position n
                   (if (and (exact-integer? n) (> n 0)) "size that fits in memory" "exact nonnegative integer")))
    (define-syntax check-size
      (syntax-rules ()
        ((_ who position n) (unless (size? n) (wrong-size who position n)))))
    ;; Start and end in something of a length; `position` is the start's.
    (define (check-range who position start end length)
      (unless (and (exact-integer? end) (<= 0 end length)) (%wrong-type who (+ position 1) end "valid end index"))
      (unless (and (exact-integer? start) (<= 0 start end)) (%wrong-type who position start "valid start index")))))

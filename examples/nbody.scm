;; The sun and its four large planets under their own gravity: floating-point arithmetic on records. The energy of the
;; whole system shows how exact the integration is: it should not change.

(import (scheme base) (scheme inexact) (scheme write))

(define pi 3.141592653589793)
(define solar-mass (* 4 pi pi))
(define days 365.24)

(define-record-type body
  (make-body x y z vx vy vz mass)
  body?
  (x body-x set-body-x!) (y body-y set-body-y!) (z body-z set-body-z!)
  (vx body-vx set-body-vx!) (vy body-vy set-body-vy!) (vz body-vz set-body-vz!)
  (mass body-mass))

;; Positions in astronomical units, velocities in astronomical units a day, masses in suns.
(define (planet x y z vx vy vz mass)
  (make-body x y z (* vx days) (* vy days) (* vz days) (* mass solar-mass)))

(define bodies
  (list
   (make-body 0.0 0.0 0.0 0.0 0.0 0.0 solar-mass)
   (planet 4.84143144246472090 -1.16032004402742839 -0.103622044471123109
           0.00166007664274403694 0.00769901118419740425 -0.0000690460016972063023 0.000954791938424326609)
   (planet 8.34336671824457987 4.12479856412430479 -0.403523417114321381
           -0.00276742510726411899 0.00499852801234917238 0.0000230417297573763929 0.000285885980666130812)
   (planet 12.8943695621391310 -15.1111514016986312 -0.223307578892655734
           0.00296460137564761618 0.00237847173959480950 -0.0000296589568540237556 0.0000436624404335156298)
   (planet 15.3796971148509165 -25.9193146099879641 0.179258772950371181
           0.00268067772490389322 0.00162824170038242295 -0.0000951592254519715870 0.0000515138902046611451)))

;; Calls `f` with every pair of bodies.
(define (for-each-pair f bodies)
  (unless (null? bodies)
    (for-each (lambda (other) (f (car bodies) other)) (cdr bodies))
    (for-each-pair f (cdr bodies))))

(define (distance dx dy dz) (sqrt (+ (* dx dx) (* dy dy) (* dz dz))))

(define (energy)
  (define sum 0.0)
  (for-each
   (lambda (b)
     (let ((v (distance (body-vx b) (body-vy b) (body-vz b))))
       (set! sum (+ sum (* 0.5 (body-mass b) v v)))))
   bodies)
  (for-each-pair
   (lambda (a b)
     (let ((d (distance (- (body-x a) (body-x b)) (- (body-y a) (body-y b)) (- (body-z a) (body-z b)))))
       (set! sum (- sum (/ (* (body-mass a) (body-mass b)) d)))))
   bodies)
  sum)

(define (push! b dx dy dz factor)
  (set-body-vx! b (+ (body-vx b) (* dx factor)))
  (set-body-vy! b (+ (body-vy b) (* dy factor)))
  (set-body-vz! b (+ (body-vz b) (* dz factor))))

(define (step! dt)
  (for-each-pair
   (lambda (a b)
     (let* ((dx (- (body-x a) (body-x b)))
            (dy (- (body-y a) (body-y b)))
            (dz (- (body-z a) (body-z b)))
            (d (distance dx dy dz))
            (strength (/ dt (* d d d))))
       (push! a dx dy dz (- (* (body-mass b) strength)))
       (push! b dx dy dz (* (body-mass a) strength))))
   bodies)
  (for-each
   (lambda (b)
     (set-body-x! b (+ (body-x b) (* dt (body-vx b))))
     (set-body-y! b (+ (body-y b) (* dt (body-vy b))))
     (set-body-z! b (+ (body-z b) (* dt (body-vz b)))))
   bodies))

;; The sun gets the opposite of the planets' momentum, so that the whole stays where it is.
(let ((momentum (lambda (velocity) (apply + (map (lambda (b) (* (velocity b) (body-mass b))) bodies)))))
  (push! (car bodies) (momentum body-vx) (momentum body-vy) (momentum body-vz) (- (/ solar-mass))))

(define (show-energy)
  (display (/ (round (* 1e9 (energy))) 1e9))
  (newline))

(show-energy)
(do ((i 0 (+ i 1))) ((= i 20000)) (step! 0.01))
(show-energy)

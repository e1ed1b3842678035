namespace PosteRestante.SipStack.Sip.Authentication;

/// <summary>Who may call, and what they prove it with.</summary>
public interface IDigestCredentials
{
    /// <summary>H(A1) of a user (<see cref="DigestHash.Ha1"/>); null when there is no such user.</summary>
    string? FindHa1(string userName, string realm, DigestAlgorithm algorithm);
}

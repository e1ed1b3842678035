namespace Orleans.Runtime;

/// <summary>Whatever can be called by grain id: grains and references to them.</summary>
public interface IAddressable;
